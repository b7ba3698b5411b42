//! The characters that a page draws, with their places, as hayro interprets the page.

use super::seen::{self, Clip, Ink, Seen};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as Bytes};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, SoftMask,
};
use std::rc::Rc;

/// A character on a page. Lengths are in points, from the lower left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    /// What it stands for; U+FFFD if the file does not say.
    pub(super) text: String,
    /// Its origin, on its line.
    pub(super) at: Point,
    /// The direction of its line, of length 1.
    pub(super) along: Vec2,
    /// How far it reaches along its line.
    pub(super) width: f64,
    /// The height of its font.
    pub(super) size: f64,
    /// The middle of what is drawn. Marks such as accents are drawn elsewhere than at their origin.
    pub(super) middle: Point,
    /// Which piece of text it was drawn with.
    pub(super) piece: usize,
    /// Which words the file gives in place of what is drawn here.
    pub(super) instead: Option<usize>,
}

/// Collects what a page draws.
pub(super) struct PdfPage {
    letters: Vec<(Letter, Ink, Option<Rc<Clip>>, usize)>,
    seen: Seen,
    clip: Option<Rc<Clip>>,
    groups: Vec<Group>,
    /// For each open marked content, the words in place of it.
    marked: Vec<Option<usize>>,
    replacements: Vec<String>,
    pieces: usize,
    order: usize,
    room: usize,
    pictures: bool,
}

/// A transparency group: how opaque, and whether it covers what is under it in the plain way.
#[derive(Clone, Copy)]
struct Group {
    opacity: f32,
    plain: bool,
}

/// What a page has.
pub(super) struct DrawnLetters {
    /// The characters that a person sees, in the order of drawing.
    pub(super) letters: Vec<Letter>,
    /// Words in place of characters; [`Letter::instead`] counts them.
    pub(super) replacements: Vec<String>,
    /// Whether there are pictures.
    pub(super) pictures: bool,
    /// Whether there are characters that nobody sees.
    pub(super) hidden: bool,
}

impl PdfPage {
    /// A page of this size that may have so many characters.
    pub(super) fn new(size: Rect, room: usize) -> Self {
        Self {
            letters: Vec::new(),
            seen: Seen::new(size),
            clip: None,
            groups: vec![Group {
                opacity: 1.0,
                plain: true,
            }],
            marked: Vec::new(),
            replacements: Vec::new(),
            pieces: 0,
            order: 0,
            room,
            pictures: false,
        }
    }

    /// What a person sees of it; `None` if more is drawn than is looked through.
    pub(super) fn finish(mut self) -> Option<DrawnLetters> {
        let all = self.letters.len();
        if all > self.room {
            return None;
        }
        let mut letters = Vec::with_capacity(all);
        for (letter, ink, clip, order) in self.letters {
            if self.seen.sees(letter.middle, order, ink, clip.as_ref()) {
                letters.push(letter);
            }
        }
        (!self.seen.too_much()).then_some(DrawnLetters {
            hidden: letters.len() < all,
            letters,
            replacements: self.replacements,
            pictures: self.pictures,
        })
    }

    fn group(&self) -> Group {
        *self
            .groups
            .last()
            .expect("the page itself is never removed")
    }

    /// The paint as it is with the groups around it. Through a blend mode or a mask one may see.
    fn ink(&self, props: &DrawProps<'_>) -> Ink {
        let group = self.group();
        let ink = seen::ink(&props.paint, group.opacity);
        let plain =
            group.plain && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        if plain || ink == Ink::None {
            ink
        } else {
            Ink::Glass
        }
    }
}

impl<'a> Device<'a> for PdfPage {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.pieces += 1;
        self.order += 1;
        if self.letters.len() > self.room {
            return;
        }
        let ink = match mode {
            DrawMode::Invisible => Ink::None,
            _ => self.ink(&props),
        };
        let stretch = stretch(run, props.transform);
        let instead = self.marked.iter().rev().find_map(|words| *words);
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let vertical = run.writing_mode() == WritingMode::Vertical;
            let letter = letter(glyph, place, stretch, vertical);
            if let Some(letter) = letter {
                let letter = Letter {
                    piece: self.pieces,
                    instead,
                    ..letter
                };
                self.letters
                    .push((letter, ink, self.clip.clone(), self.order));
            }
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.order += 1;
        let ink = self.ink(&props);
        let path = props.transform * path.clone();
        let wide = |width: f32| f64::from(width) * across(props.transform);
        match mode {
            DrawMode::Fill(rule) => {
                self.seen
                    .fill(self.order, &path, *rule, ink, self.clip.as_ref());
            }
            DrawMode::Stroke(line) => {
                let width = wide(line.line_width);
                self.seen
                    .line(self.order, &path, width, ink, self.clip.as_ref());
            }
            DrawMode::FillAndStroke(rule, line) => {
                let width = wide(line.line_width);
                let clip = self.clip.clone();
                self.seen.fill(self.order, &path, *rule, ink, clip.as_ref());
                self.seen.line(self.order, &path, width, ink, clip.as_ref());
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.order += 1;
        self.pictures = true;
        let size = Rect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        );
        let path = props.transform * size.to_path(0.1);
        let (rule, clip) = (FillRule::NonZero, self.clip.as_ref());
        self.seen.fill(self.order, &path, rule, Ink::Picture, clip);
    }

    fn push_clip_path(&mut self, path: &ClipPath) {
        self.clip = Some(Clip::within(self.clip.take(), path));
    }

    fn pop_clip(&mut self) {
        self.clip = self.clip.take().and_then(|clip| clip.around());
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend: BlendMode,
    ) {
        let around = self.group();
        self.groups.push(Group {
            opacity: around.opacity * opacity,
            plain: around.plain && mask.is_none() && blend == BlendMode::Normal,
        });
    }

    fn pop_transparency_group(&mut self) {
        if self.groups.len() > 1 {
            self.groups.pop();
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let words = properties
            .and_then(|known| known.get::<Bytes<'_>>(b"ActualText".as_slice()))
            .map(|words| text_string(words.as_bytes()))
            .filter(|words| !words.trim().is_empty());
        let number = words.map(|words| {
            self.replacements.push(words);
            self.replacements.len() - 1
        });
        self.marked.push(number);
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }
}

/// A glyph as a character; `None` if its place is not one.
fn letter(glyph: &Glyph<'_>, place: Affine, stretch: f64, vertical: bool) -> Option<Letter> {
    let [right_x, right_y, up_x, up_y, x, y] = place.as_coeffs();
    let (right, up) = (Vec2::new(right_x, right_y), Vec2::new(up_x, up_y));
    let size = 1000.0 * length(up);
    let per_unit = length(right);
    let sound = [x, y, size, per_unit].iter().all(|n| n.is_finite());
    if !sound || size < SMALLEST || per_unit == 0.0 {
        return None;
    }
    let text = match glyph.as_unicode() {
        Some(BfString::Char(letter)) => clean(letter.encode_utf8(&mut [0; 4])),
        Some(BfString::String(letters)) => clean(&letters),
        None => char::REPLACEMENT_CHARACTER.to_string(),
    };
    if text.is_empty() {
        return None;
    }
    let units = match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    };
    let units = f64::from(units.unwrap_or(0.0));
    let mark = text.chars().all(super::accents::is_mark);
    let middle = match glyph {
        Glyph::Outline(glyph) if mark => glyph.outline().bounding_box().center(),
        _ => Point::new(units / 2.0, 300.0),
    };
    let (along, width) = if vertical {
        (up * (-1000.0 / size), size)
    } else {
        (right * (1.0 / per_unit), units * stretch)
    };
    Some(Letter {
        text,
        at: Point::new(x, y),
        along,
        width,
        size,
        middle: place * middle,
        piece: 0,
        instead: None,
    })
}

/// Points along the line for a unit of the font, for all glyphs of a run. Where the file has no font program, hayro
/// stretches each glyph of another font to the right width; most are stretched little, so the middle one is taken.
fn stretch(run: &GlyphRun<'_, '_>, transform: Affine) -> f64 {
    let mut all: Vec<f64> = run
        .glyphs()
        .iter()
        .map(|glyph| {
            let [a, b, ..] = (transform * glyph.transform()).as_coeffs();
            length(Vec2::new(a, b))
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

/// Not `hypot`, which may differ between machines in the last digit.
fn length(vector: Vec2) -> f64 {
    (vector.x * vector.x + vector.y * vector.y).sqrt()
}

/// How long a length of 1 across a line is after this transformation.
fn across(transform: Affine) -> f64 {
    let [_, _, c, d, ..] = transform.as_coeffs();
    length(Vec2::new(c, d))
}

/// What a font says of a character: ligatures and shaped letters in their parts, and nothing that is not seen.
fn clean(text: &str) -> String {
    super::accents::plain(text)
}

/// A text string (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 by its mark, else taken as Latin.
fn text_string(bytes: &[u8]) -> String {
    let words = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
        }
    };
    clean(&words)
}

/// Points. Smaller letters cannot be read by a person.
const SMALLEST: f64 = 1.0;
