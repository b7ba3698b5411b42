//! A table with a caption, and a list of facts.

use maud::{Markup, html};

/// A table: its caption, the heads of its columns, its rows. It scrolls by itself where the window is narrow, and the keyboard
/// reaches it.
pub fn table(caption: &str, heads: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div class="scrolls" role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Facts with their names.
#[derive(Default)]
pub struct FactTable(Vec<(String, Markup)>);

impl FactTable {
    /// With a fact.
    #[must_use]
    pub fn fact(mut self, name: &str, value: Markup) -> Self {
        self.0.push((name.to_owned(), value));
        self
    }

    /// With a fact, if there is one.
    #[must_use]
    pub fn perhaps(self, name: &str, value: Option<Markup>) -> Self {
        match value {
            Some(value) => self.fact(name, value),
            None => self,
        }
    }

    /// As a list of names and values.
    pub fn list(self) -> Markup {
        html! {
            dl class="facts" {
                @for (name, value) in &self.0 {
                    div { dt { (name) } dd { (value) } }
                }
            }
        }
    }
}
