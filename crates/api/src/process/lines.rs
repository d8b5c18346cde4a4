//! Lines of bounded length from a byte stream.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// What stood between two line feeds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, without its line feed.
    Whole(Vec<u8>),
    /// A line longer than the limit; it was skipped.
    TooLong,
}

/// Reads lines and keeps at most `limit` bytes of one in memory.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    begun: Vec<u8>,
    overlong: bool,
    limit: usize,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub(super) fn new(reader: R, limit: usize) -> Self {
        Self {
            reader: BufReader::new(reader),
            begun: Vec::new(),
            overlong: false,
            limit,
        }
    }

    /// The next line; `None` at the end of the stream, where an unfinished line is dropped. Safe
    /// to drop before it completes: what was read is kept for the next call.
    pub(super) async fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let read = self.reader.fill_buf().await?;
            if read.is_empty() {
                return Ok(None);
            }
            let end = read.iter().position(|byte| *byte == b'\n');
            let (piece, _) = read.split_at(end.unwrap_or(read.len()));
            if self.begun.len() + piece.len() > self.limit {
                self.overlong = true;
                self.begun = Vec::new();
            }
            if !self.overlong {
                self.begun.extend_from_slice(piece);
            }
            let used = piece.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                return Ok(Some(self.finish()));
            }
        }
    }

    fn finish(&mut self) -> Line {
        match std::mem::take(&mut self.overlong) {
            true => Line::TooLong,
            false => Line::Whole(std::mem::take(&mut self.begun)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn all(bytes: &[u8], limit: usize) -> Vec<Line> {
        let mut lines = Lines::new(bytes, limit);
        let mut read = Vec::new();
        while let Some(line) = lines.next().await.unwrap() {
            read.push(line);
        }
        read
    }

    #[tokio::test]
    async fn an_overlong_line_is_skipped_and_the_next_one_read() {
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        assert_eq!(
            all(b"ab\n\ncd\nrest", 2).await,
            [whole("ab"), whole(""), whole("cd")]
        );
        let long = [b"x".repeat(100_000), b"\nab\n".to_vec()].concat();
        assert_eq!(all(&long, 99_999).await, [Line::TooLong, whole("ab")]);
        assert_eq!(all(&long, 100_000).await.len(), 2);
    }
}
