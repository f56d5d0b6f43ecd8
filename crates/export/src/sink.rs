//! What every format is: something that takes rows in their order.

use crate::error::Error;
use crate::tables::Row;
use seisho_model::finding::Message;

/// A format in the making.
pub(crate) trait Sink {
    /// Takes a row.
    fn row(&mut self, row: &Row) -> Result<(), Error>;

    /// Writes the rest; gives what a person should know.
    fn finish(self: Box<Self>) -> Result<Vec<Message>, Error>;
}
