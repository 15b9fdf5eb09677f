//! Where things stand in a JSON text: spans of values and keys, found by JSON pointer.
//!
//! INVARIANT: the text has been read as JSON before, so the scanner here decides nothing; on any
//! other text it gives some tree.

use std::borrow::Cow;

use super::sizes;

/// Deepest nesting of which the parts are told apart; what lies deeper is one leaf.
const MAX_DEPTH: usize = 130;

/// A value and where it stands.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    /// Byte offset of its first character.
    pub start: usize,
    /// Byte offset after its last character.
    pub end: usize,
    /// Members of an object or items of a list, in the order of the text.
    pub parts: Vec<Part<'a>>,
}

/// A member of an object or an item of a list.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    /// The key as it reads, and where it stands; items of lists have none.
    pub key: Option<(Cow<'a, str>, usize)>,
    /// The value.
    pub node: Node<'a>,
}

impl<'a> Node<'a> {
    /// The first member with this key.
    pub fn member(&self, key: &str) -> Option<&Part<'a>> {
        self.parts
            .iter()
            .find(|part| part.key.as_ref().is_some_and(|(name, _)| name == key))
    }

    /// The part that one segment of a pointer leads to.
    pub fn part(&self, segment: &str) -> Option<&Part<'a>> {
        match self.parts.first()?.key {
            Some(_) => self.member(segment),
            None => self.parts.get(segment.parse::<usize>().ok()?),
        }
    }
}

/// A JSON text with the places of everything in it.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    /// The text.
    pub text: &'a str,
    /// The whole value.
    pub root: Node<'a>,
}

impl<'a> Tree<'a> {
    /// Finds the places in `text`; none where it has more values than a scorecard may have.
    pub fn new(text: &'a str) -> Option<Self> {
        let mut scanner = Scanner {
            text,
            at: 0,
            left: sizes::VALUES,
        };
        let root = scanner.value(0);
        (scanner.left > 0).then_some(Tree { text, root })
    }

    /// The text of a value.
    pub fn slice(&self, node: &Node<'_>) -> &'a str {
        self.text.get(node.start..node.end).unwrap_or_default()
    }

    /// The value at `pointer`, or the innermost one on the way to it that exists.
    pub fn nearest(&self, pointer: &str) -> &Node<'a> {
        let mut node = &self.root;
        for segment in pointer.split('/').skip(1) {
            match node.part(&unescape(segment)) {
                Some(part) => node = &part.node,
                None => break,
            }
        }
        node
    }

    /// Lines and columns, from 1 and in characters, of byte offsets in ascending order.
    pub fn lines(&self, offsets: impl IntoIterator<Item = usize>) -> Vec<(u32, u32)> {
        let (mut line, mut column, mut chars) = (1, 1, self.text.char_indices().peekable());
        let place = |offset| {
            while let Some((_, c)) = chars.next_if(|(index, _)| *index < offset) {
                if c == '\n' {
                    line += 1;
                    column = 1;
                } else {
                    column += 1;
                }
            }
            (line, column)
        };
        offsets.into_iter().map(place).collect()
    }
}

/// One segment of a JSON pointer, escaped.
pub(crate) fn escape(segment: &str) -> Cow<'_, str> {
    if segment.contains(['~', '/']) {
        segment.replace('~', "~0").replace('/', "~1").into()
    } else {
        segment.into()
    }
}

fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        segment.replace("~1", "/").replace("~0", "~").into()
    } else {
        segment.into()
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// How many more values are told apart.
    left: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_while(&mut self, mut wanted: impl FnMut(u8) -> bool) {
        while self.peek().is_some_and(&mut wanted) {
            self.at += 1;
        }
    }

    fn space(&mut self) {
        self.skip_while(|byte| byte.is_ascii_whitespace());
    }

    fn string(&mut self) {
        self.at += 1;
        let mut escaped = false;
        self.skip_while(|byte| {
            let inside = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            inside
        });
        self.at += 1;
    }

    fn value(&mut self, depth: usize) -> Node<'a> {
        self.space();
        let start = self.at;
        let mut parts = Vec::new();
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{' | b'[') if depth >= MAX_DEPTH => self.skip_nested(),
            Some(open @ (b'{' | b'[')) => {
                self.at += 1;
                self.parts(open == b'{', depth, &mut parts);
            }
            _ => self.skip_while(|byte| {
                !byte.is_ascii_whitespace() && !matches!(byte, b',' | b'}' | b']')
            }),
        }
        let end = self.at.min(self.text.len());
        Node { start, end, parts }
    }

    fn parts(&mut self, object: bool, depth: usize, parts: &mut Vec<Part<'a>>) {
        loop {
            self.space();
            let before = self.at;
            match self.peek() {
                None => return,
                Some(b'}' | b']') => {
                    self.at += 1;
                    return;
                }
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                Some(_) => {}
            }
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                return;
            }
            let key = object.then(|| self.key());
            let node = self.value(depth + 1);
            parts.push(Part { key, node });
            if self.at == before {
                return;
            }
        }
    }

    fn key(&mut self) -> (Cow<'a, str>, usize) {
        let start = self.at;
        self.string();
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let plain = raw.trim_matches('"');
        let key = match raw.contains('\\').then(|| serde_json::from_str(raw)) {
            Some(Ok(key)) => Cow::Owned(key),
            _ => plain.into(),
        };
        self.space();
        if self.peek() == Some(b':') {
            self.at += 1;
        }
        (key, start)
    }

    fn skip_nested(&mut self) {
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open = open.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, pointer: &str, slice: &str, place: (u32, u32)) {
        let tree = Tree::new(text).unwrap();
        let node = tree.nearest(pointer);
        assert_eq!(tree.slice(node), slice);
        assert_eq!(tree.lines([node.start]), [place]);
    }

    #[test]
    fn finds_values_by_pointer() {
        let text = "{\"a\": [1, {\"b/c\": \"x\\\"]\"}],\n  \"é\": {\"~\": null}}";
        check(text, "/a/0", "1", (1, 8));
        check(text, "/a/1/b~1c", "\"x\\\"]\"", (1, 19));
        check(text, "/é/~0", "null", (2, 14));
        check(text, "/a/7/none", "[1, {\"b/c\": \"x\\\"]\"}]", (1, 7));
        check(text, "", text, (1, 1));
    }

    #[test]
    fn deep_nesting_is_a_leaf() {
        let text = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
        assert_eq!(Tree::new(&text).unwrap().root.end, text.len());
    }
}
