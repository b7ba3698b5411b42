//! The largest set of up to 64 things of which none excludes another: a maximum independent set, found exactly.
//!
//! A thing that excludes at most one other can always be taken. One that excludes two others, which do not exclude each
//! other, is folded with them into one new thing: the largest set loses exactly one. What excludes all that another one
//! excludes, and that one too, can be left out. Parts that nothing connects are searched apart. Only then one thing is
//! tried both ways, and it excludes at least three: Fomin, Grandoni and Kratsch ("A measure & conquer approach for the
//! analysis of exact algorithms", 2009) show about 1.22^n steps for such a search.

/// Which of up to 64 things exclude each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exclusions {
    rows: [u64; 64],
}

impl Exclusions {
    /// None excludes another.
    pub const NONE: Self = Self { rows: [0; 64] };

    /// The two exclude each other.
    pub fn exclude(&mut self, a: usize, b: usize) {
        self.rows[a] |= 1 << b;
        self.rows[b] |= 1 << a;
    }

    /// What of `open` can be taken beside `thing`.
    pub fn without(&self, open: u64, thing: usize) -> u64 {
        open & !self.rows[thing] & !bit(thing)
    }

    /// The size of the largest set among `open`.
    pub fn largest(&self, open: u64) -> usize {
        self.search(open, &mut 0)
    }

    /// Of the largest sets among `open`, the one that has the earliest things of `order`.
    pub fn earliest(&self, open: u64, order: impl Iterator<Item = usize>) -> u64 {
        let (mut open, mut chosen) = (open, 0);
        let mut left = self.largest(open);
        for thing in order {
            if open & bit(thing) == 0 {
                continue;
            }
            let beside = self.without(open, thing);
            if 1 + self.largest(beside) == left {
                chosen |= bit(thing);
                open = beside;
                left -= 1;
            } else {
                open &= !bit(thing);
            }
        }
        chosen
    }

    /// `tries` counts how often a thing had to be tried both ways.
    fn search(mut self, mut open: u64, tries: &mut u64) -> usize {
        let mut taken = 0;
        while open != 0 {
            let degree = |thing: &usize| (self.rows[*thing] & open).count_ones();
            let least = things(open).min_by_key(degree).expect("some are open");
            let others = self.rows[least] & open;
            match others.count_ones() {
                0 | 1 => {
                    taken += 1;
                    open &= !(others | bit(least));
                }
                2 => {
                    taken += 1;
                    let one = others.trailing_zeros() as usize;
                    let other = (others & !bit(one)).trailing_zeros() as usize;
                    open &= !others;
                    if self.rows[one] & bit(other) != 0 {
                        open &= !bit(least);
                    } else {
                        self.fold(least, (self.rows[one] | self.rows[other]) & open);
                    }
                }
                _ => {
                    let part = self.part(least, open);
                    if part != open {
                        return taken + self.search(part, tries) + self.search(open & !part, tries);
                    }
                    if let Some(needless) = self.needless(open) {
                        open &= !bit(needless);
                        continue;
                    }
                    *tries += 1;
                    let most = things(open).max_by_key(degree).expect("some are open");
                    let without = open & !bit(most);
                    let with = without & !self.rows[most];
                    let with = 1 + self.search(with, tries);
                    return taken + with.max(self.search(without, tries));
                }
            }
        }
        taken
    }

    /// `thing` now stands for itself and the two that it excluded, and excludes all of `others`.
    fn fold(&mut self, thing: usize, others: u64) {
        let others = others & !bit(thing);
        self.rows[thing] = others;
        for other in things(others) {
            self.rows[other] |= bit(thing);
        }
    }

    /// Everything of `open` that exclusions connect with `thing`.
    fn part(&self, thing: usize, open: u64) -> u64 {
        let (mut part, mut edge) = (bit(thing), bit(thing));
        while edge != 0 {
            let beside = things(edge).fold(0, |all, thing| all | self.rows[thing]);
            edge = beside & open & !part;
            part |= edge;
        }
        part
    }

    /// A thing that excludes another one and all that this one excludes: the other can always stand for it.
    fn needless(&self, open: u64) -> Option<usize> {
        things(open).find(|&thing| {
            let excludes = self.rows[thing] & open;
            things(excludes).any(|other| {
                let with_itself = self.rows[other] & open | bit(other);
                with_itself & !(excludes | bit(thing)) == 0
            })
        })
    }
}

/// The bit of a thing.
pub(crate) const fn bit(thing: usize) -> u64 {
    1 << thing
}

/// The things of a set, ascending.
pub(crate) fn things(set: u64) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let thing = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
        rest &= rest - 1;
        Some(thing)
    })
}

#[cfg(test)]
mod tests;
