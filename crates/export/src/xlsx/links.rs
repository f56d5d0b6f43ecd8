//! Where a row leads: to the page of the review, and to the picture of its page.

use crate::options::Linked;
use seisho_model::finding::Message;
use seisho_model::record::short_id;
use std::collections::BTreeMap;

/// Links that a sheet holds: Excel drops all of them over 65,530.
pub(super) const MOST: usize = 65_000;

/// Documents that can be looked at, by path.
#[derive(Default)]
pub(super) struct Links {
    documents: BTreeMap<String, Linked>,
    used: usize,
}

impl Links {
    pub(super) fn of(documents: Vec<Linked>) -> Self {
        Self { documents: documents.into_iter().map(|linked| (linked.path.clone(), linked)).collect(), used: 0 }
    }

    /// Where a row's document and its page lead, as addresses of the workbook.
    pub(super) fn of_row(&mut self, path: &str, record: &str, page: Option<u32>) -> (Option<String>, Option<String>) {
        let Some(linked) = self.documents.get(path) else { return (None, None) };
        self.used += 1;
        let name = if linked.records.contains(record) { record.to_owned() } else { short_id(&linked.sha256) };
        let picture = page.and_then(|page| linked.pictures.get(&page));
        (Some(format!("file:///{}#{name}", linked.page)), picture.map(|picture| format!("file:///{picture}")))
    }

    /// What a person should know.
    pub(super) fn said(&self) -> Option<Message> {
        let (documents, rows) = (self.documents.len(), self.used);
        (documents > 0).then(|| {
            Message::new(
                format!("見直しの頁と頁の図へのリンク: 文書 {documents}、行 {rows}"),
                format!("links to the page of the review and to pictures: {documents} documents, {rows} rows"),
            )
        })
    }
}
