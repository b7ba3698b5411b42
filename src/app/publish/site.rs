//! The address under which a newsroom publishes, and what stands where below it.

use crate::app::Error;

/// The address of a site. Below it every verdict has an address that never changes, because it has the id of its statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseSite(String);

impl HouseSite {
    /// From what a person types.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] if it is no address of the web.
    pub fn new(address: &str) -> Result<Self, Error> {
        let wrong = |why: String| Error::Usage(format!("--site {address}: {why}"));
        let url = url::Url::parse(address).map_err(|e| wrong(e.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(wrong(
                "it is no address of the web, which begins with https://".to_owned(),
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong(
                "nothing can stand below an address with ? or #".to_owned(),
            ));
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The address itself.
    pub fn address(&self) -> String {
        self.0.clone()
    }

    /// The front page.
    pub fn home(&self) -> String {
        format!("{}/", self.0)
    }

    /// The page of a verdict.
    pub fn verdict(&self, id: &str) -> String {
        format!("{}/verdicts/{id}", self.0)
    }

    /// The dossier of a verdict: its proof, with everything that it rests on.
    pub fn dossier(&self, id: &str) -> String {
        format!("{}/verdicts/{id}.dossier", self.0)
    }

    /// A file beside the front page.
    pub fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.0)
    }
}
