//! The formats that are read in a process of their own, each with its media types, its extractor and its reader.

use super::{letter, media, office, pdf};

/// A format that is read in a process of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A letter.
    Letter,
    /// A presentation in OpenDocument.
    OpenSlides,
    /// A spreadsheet in OpenDocument.
    OpenSheet,
    /// A text in OpenDocument.
    OpenText,
    /// A page saved as MHTML.
    SavedPage,
    /// PDF.
    Pdf,
    /// Rich text.
    Rich,
    /// A spreadsheet of Excel.
    Sheet,
    /// A presentation of PowerPoint.
    Slides,
    /// A text of Word.
    Word,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Letter,
        Self::OpenSlides,
        Self::OpenSheet,
        Self::OpenText,
        Self::SavedPage,
        Self::Pdf,
        Self::Rich,
        Self::Sheet,
        Self::Slides,
        Self::Word,
    ];

    /// The format of a media type; `None` if such bytes are not read in a process of their own.
    pub fn of(media_type: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|format| format.media_types().contains(&media_type))
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Its name between the two processes: one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::OpenSlides => "odp",
            Self::OpenSheet => "ods",
            Self::OpenText => "odt",
            Self::SavedPage => "mhtml",
            Self::Pdf => "pdf",
            Self::Rich => "rtf",
            Self::Sheet => "xlsx",
            Self::Slides => "pptx",
            Self::Word => "docx",
        }
    }

    /// What a person calls such a file.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::OpenSlides | Self::Slides => "presentation",
            Self::OpenSheet | Self::Sheet => "spreadsheet",
            Self::OpenText => "OpenDocument text",
            Self::SavedPage => "saved page",
            Self::Pdf => "PDF",
            Self::Rich => "rich text",
            Self::Word => "Word file",
        }
    }

    /// Its media types.
    pub fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Letter => &[media::LETTER],
            Self::OpenSlides => &["application/vnd.oasis.opendocument.presentation"],
            Self::OpenSheet => &["application/vnd.oasis.opendocument.spreadsheet"],
            Self::OpenText => &["application/vnd.oasis.opendocument.text"],
            Self::SavedPage => &[media::PAGE_IN_MIME, "application/x-mimearchive"],
            Self::Pdf => &["application/pdf"],
            Self::Rich => &["application/rtf", "text/rtf"],
            Self::Sheet => &[
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.ms-excel",
            ],
            Self::Slides => {
                &["application/vnd.openxmlformats-officedocument.presentationml.presentation"]
            }
            Self::Word => {
                &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"]
            }
        }
    }

    /// Name and revision of its extractor.
    pub fn extractor(self) -> &'static str {
        match self {
            Self::Letter | Self::SavedPage => letter::EXTRACTOR,
            Self::OpenSlides | Self::OpenSheet | Self::OpenText => office::OPEN,
            Self::Pdf => pdf::EXTRACTOR,
            Self::Rich => office::RICH,
            Self::Sheet => office::SHEET,
            Self::Slides => office::SLIDES,
            Self::Word => office::WORD,
        }
    }

    /// The text in the bytes, or why there is none. It may crash, loop or use all memory.
    pub fn read(self, bytes: &[u8]) -> Result<String, String> {
        match self {
            Self::Letter => letter::text(bytes),
            Self::OpenSlides | Self::OpenSheet | Self::OpenText => office::open::text(bytes),
            Self::SavedPage => letter::page(bytes),
            Self::Pdf => pdf::text(bytes),
            Self::Rich => office::rich::text(bytes),
            Self::Sheet => office::sheet::text(bytes),
            Self::Slides => office::slides::text(bytes),
            Self::Word => office::word::text(bytes),
        }
    }
}
