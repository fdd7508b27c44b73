//! Documents that lean on the traps of YAML, made from a seed.

use plimsoll_test_support::Random;

/// Pieces of text that mean something to a parser.
const SNIPPETS: &[&str] = &[
    "a",
    "b",
    "key",
    "a b",
    "1",
    "0400",
    "yes",
    "~",
    "null",
    ":",
    ": ",
    ":\n",
    "a: ",
    "b: ",
    "a: b\n",
    "- ",
    "-",
    "-\n",
    "- a\n",
    "? ",
    "?",
    "?\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    ", ",
    "#",
    " #",
    " # c\n",
    "#c\n",
    "&a ",
    "&a",
    "*a",
    "*a ",
    "*b",
    "!",
    "! ",
    "!!str ",
    "!!int ",
    "!!float ",
    "!!binary ",
    "!!null ",
    "!!map ",
    "!x ",
    "!<tag:yaml.org,2002:str> ",
    "!e!x ",
    "|",
    "|\n",
    "|-\n",
    "|+\n",
    "|2\n",
    ">\n",
    ">-\n",
    ">+\n",
    ">1-\n",
    "'",
    "''",
    "\"",
    "\\",
    "\\n",
    "\\x41",
    "\\u00e9",
    "\\/",
    "\\ ",
    "\\\n",
    "\t",
    "\t\n",
    " ",
    "  ",
    "    ",
    "\n",
    "\n",
    "\n ",
    "\n  ",
    "\n    ",
    "\n\n",
    "\r\n",
    "\r",
    "...",
    "...\n",
    "\n...\n",
    "%YAML 1.1\n",
    "%TAG !e! x:\n",
    "@",
    "`",
    "%",
    "<<: ",
    "<<: *a\n",
    "<<",
    "=",
    "\u{e9}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{1f600}",
    "\u{1}",
    "\u{7f}",
    ".",
    "..",
    "+",
    "x: |\n  t\n",
    "x: >\n  t\n\n  u\n",
    "'x'",
    "\"x\"",
    "'x': ",
    "\"x\": ",
    "a:b",
    "a: b: c",
    "a,b",
    "a#b",
    "a #b",
    "::",
    "-a",
    "?a",
    ":a",
    "--",
    "{a: b}",
    "[a, b]",
    "{}",
    "[]",
    "{a}",
    "[a: b]",
    "{\"a\":1}",
    "{\"a\": [1, true, null, \"x\"]}",
];

/// Scalars whose meaning is easily mistaken.
pub const SCALARS: &[&str] = &[
    "y",
    "Y",
    "yes",
    "Yes",
    "YES",
    "yEs",
    "n",
    "N",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "ON",
    "oN",
    "off",
    "Off",
    "OFF",
    "true",
    "True",
    "TRUE",
    "tRUE",
    "false",
    "False",
    "FALSE",
    "null",
    "Null",
    "NULL",
    "nULL",
    "~",
    "~a",
    "0",
    "-0",
    "+0",
    "00",
    "07",
    "08",
    "09",
    "0400",
    "-0400",
    "0o400",
    "0O17",
    "0o8",
    "0x",
    "0x1F",
    "0XfF",
    "-0x1f",
    "0xG",
    "0b",
    "0b1",
    "0b101",
    "0B1",
    "-0b11",
    "0b-11",
    "0b+11",
    "-0b-1",
    "+0b1",
    "0b2",
    "1_000",
    "1__0",
    "_1",
    "1_",
    "-_1",
    "0x_1",
    "0_7",
    "1e3",
    "1E3",
    "1e+3",
    "1e-3",
    "1e",
    "e1",
    "1.e3",
    "1.",
    "1.5",
    "-1.5",
    "+1.5",
    ".5",
    "-.5",
    "+.5",
    ".5_5",
    "._5",
    ".5e2",
    ".e5",
    ".",
    "-",
    "+",
    "..",
    "1.2.3",
    "1:30",
    "190:20:30",
    "1:2:3.4",
    ".inf",
    ".Inf",
    ".INF",
    "-.inf",
    "+.inf",
    ".iNF",
    ".nan",
    ".NaN",
    ".NAN",
    "-.nan",
    "inf",
    "nan",
    "NaN",
    "Infinity",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "+18446744073709551615",
    "123456789012345678901234567890",
    "0xFFFFFFFFFFFFFFFF",
    "0xFFFFFFFFFFFFFFFFF",
    "1e308",
    "1e309",
    "-1e400",
    "1e-400",
    "1e20",
    "1e21",
    "123456789.123456789",
    "1e-6",
    "1e-7",
    "0.000001",
    "0.0000001",
    "100000000000000000000000",
    "5e-324",
    "0.1",
    "0.30000000000000004",
    "1_0.5_0",
    "1_0e1_0",
    "0x1p-2",
    "0x1.8p1",
    "2001-01-01",
    "2001-1-1",
    "2001-12-14t21:59:43.10-05:00",
    "2001-12-14 21:59:43.10 -5",
    "2001-13-45",
    "2001-12-14T21:59:43Z",
    "2001-12-14 21:59:43",
    "2024-02-30",
    "<<",
    "=",
    "'y'",
    "\"y\"",
    "'0400'",
    "\"~\"",
    "''",
    "\"\"",
    "!!str yes",
    "!!str 1",
    "!!int 1",
    "!!int '1'",
    "!!int 1.0",
    "!!int x",
    "!!float 1",
    "!!float 1.5",
    "!!float x",
    "!!float 0x10",
    "!!float 18446744073709551615",
    "!!bool yes",
    "!!bool 'no'",
    "!!bool 1",
    "!!null ~",
    "!!null ''",
    "!!null x",
    "!!null",
    "!!str",
    "!!str ~",
    "!!int",
    "!!binary aGVsbG8=",
    "!!binary aGVs",
    "!!binary a",
    "!!binary /w==",
    "!!binary",
    "!!timestamp 2001-01-01",
    "!!timestamp x",
    "!!timestamp 5",
    "!!timestamp '2001-1-1 1:2:3'",
    "! 5",
    "! yes",
    "!x 5",
    "!x",
    "!<tag:yaml.org,2002:int> 5",
    "!<!x> 5",
    "!!set x",
    "!!merge <<",
    "!!seq x",
    "!!map x",
    "a b",
    "a  b",
    "a: b",
    "a:b",
    "a #b",
    "a#b",
    "#a",
    "'a''b'",
    "\"a\\tb\"",
    "\"a\\u00e9\"",
    "\"\\ud83d\\ude00\"",
    "\"\\U0001F600\"",
    "\"a\\/b\"",
    "\"a\\x41\"",
    "\"<>&\"",
    "\"\\u2028\"",
    "\"\\u0001\"",
    "\"\\0\"",
    "\"\\e\"",
    "{}",
    "[]",
    "{a: 1}",
    "[a, 1]",
    "{a}",
    "[a: 1]",
    "{a: , b}",
    "[,]",
    "[a,]",
    "{a: 1,}",
    "{,}",
    "{a:1}",
    "{\"a\":1}",
    "[\"a\":1]",
    "{'a':1}",
    "{? a : 1}",
    "[? a : 1]",
    "[?]",
    "[-]",
    "[- a]",
    "{-}",
    "[a?b]",
    "{a: ?}",
    "*x",
    "&y 1",
    "&y",
    "&y &z 1",
    "@a",
    "`a",
    "%a",
    "|",
    ">",
    "|a",
    "-a",
    "?a",
    ":a",
    "- a",
    "? a",
    ": a",
    "a -",
    "a ?",
    "a:",
    "\u{e9}t\u{e9}",
    "\u{1f600}",
    "\u{feff}a",
    "a\u{85}b",
    "a\u{2028}b",
    "a\u{a0}b",
    "a\tb",
    "a\t#b",
];

const KEYS: &[&str] = &[
    "a",
    "b",
    "c",
    "kind",
    "metadata",
    "y",
    "on",
    "no",
    "1",
    "1.0",
    "0x1",
    "1e6",
    "1234567.0",
    "0.00001",
    ".inf",
    "~",
    "null",
    "true",
    "'a'",
    "\"a\"",
    "\"b c\"",
    "a b",
    "'it''s'",
    "0400",
    "2001-01-01",
    "",
    "!!str 1",
    "!!int '1'",
    "&k d",
    "*x",
    "<<",
    "'<<'",
    "!!merge m",
    "? a",
    "[a]",
    "{a: 1}",
    "-a",
    "a#",
    "a:b",
    "18446744073709551615",
    "9223372036854775808",
    "1e300",
    "-.5",
    "\u{e9}",
];

/// A file of several documents, with separators of every sort.
#[allow(dead_code)] // Not every test makes streams.
pub fn stream(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..2 + random.below(3) {
        text.push_str(&match random.below(4) {
            0 => soup(random),
            1 => json(random, 2),
            _ => structured(random),
        });
        if !text.ends_with('\n') && random.chance(80) {
            text.push('\n');
        }
        text.push_str(random.pick(&[
            "---\n",
            "---\n",
            "---\n",
            "--- \n",
            "--- # c\n",
            "---\t\n",
            "---\r\n",
            "---#c\n",
            "----\n",
            "--- a\n",
            "---a\n",
            "...\n",
            "...\n---\n",
            " ---\n",
            "---\n---\n",
            "\n",
            "",
            "# c\n---\n",
        ]));
    }
    text
}

/// A document longer than what the library reads at once, with something wrong or odd somewhere.
#[allow(dead_code)] // Not every test makes long documents.
pub fn long(random: &mut Random) -> String {
    let mut text = String::new();
    let odd = [
        "\u{1}",
        "\u{7f}",
        "\u{85}",
        "}",
        "\t",
        "\"",
        "'",
        "b: [",
        "...\n",
        "\u{fffe}",
        "a: b: c\n",
        "\u{e9}",
        "%",
    ];
    while text.len() < 400 + random.below(1800) {
        for _ in 0..random.below(12) {
            text.push_str(random.pick(&[
                "key: value\n",
                "a: \u{e9}\u{1f600}\n",
                "- x\n",
                "# c\n",
                "b: |\n  text\n",
                "c: \"d\"\n",
                "e: 'f'\n",
            ]));
        }
        if random.chance(25) {
            text.push_str(random.pick(&odd));
        }
    }
    text
}

/// Snippets in any order: mostly not YAML.
pub fn soup(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..1 + random.below(14) {
        text.push_str(random.pick(SNIPPETS));
    }
    if random.chance(50) {
        text.push('\n');
    }
    text
}

/// A document with structure: mostly YAML.
pub fn structured(random: &mut Random) -> String {
    let mut text = String::new();
    if random.chance(4) {
        text.push_str(random.pick(&[
            "%YAML 1.1\n---\n",
            "\u{feff}",
            "# c\n",
            "\n",
            "---\n",
            "%YAML 1.2\n---\n",
            "--- # c\n",
        ]));
    }
    if random.chance(30) {
        text.push_str("x0: &x {p: 1, q: [yes, 2]}\n");
    }
    block(random, &mut text, 0, 3);
    if random.chance(3) {
        text.push_str(random.pick(&["...\n", "...\nrest: 1\n", "... # c\n"]));
    }
    if random.chance(6) {
        text.truncate(text.trim_end_matches('\n').len());
    }
    if random.chance(6) {
        text = text.replace('\n', "\r\n");
    }
    text
}

fn block(random: &mut Random, text: &mut String, indent: usize, depth: usize) {
    let sequence = random.chance(30);
    for _ in 0..1 + random.below(4) {
        let shift = if random.chance(2) { 1 } else { 0 };
        text.extend(std::iter::repeat_n(' ', indent + shift));
        if sequence {
            text.push('-');
        } else {
            let key = if random.chance(70) { random.pick(&KEYS[..8]) } else { random.pick(KEYS) };
            text.push_str(key);
            text.push(':');
        }
        value(random, text, indent, depth, sequence);
    }
}

fn value(random: &mut Random, text: &mut String, indent: usize, depth: usize, item: bool) {
    let inner = indent + 1 + random.below(3);
    match random.below(20) {
        0..=5 if depth > 0 => {
            if random.chance(5) {
                text.push_str(random.pick(&[" &x", " !!map", " !!str", " !x", " # c", " \t"]));
            }
            if item && random.chance(60) {
                // The first key stands beside its dash.
                let mut inside = String::new();
                block(random, &mut inside, indent + 2, depth - 1);
                text.push(' ');
                text.push_str(inside.trim_start_matches(' '));
            } else {
                text.push('\n');
                let inner = if !item && random.chance(20) { indent } else { inner };
                block(random, text, inner, depth - 1);
            }
        }
        6 | 7 => {
            text.push(' ');
            text.push_str(random.pick(&[
                "|", "|-", "|+", ">", ">-", ">+", "|2", ">1", "|2-", "|-2", "|+1", "| # c", "|#c", "| x",
                "|0",
            ]));
            text.push('\n');
            for _ in 0..random.below(5) {
                let lines = [
                    "",
                    "",
                    "text",
                    "  more",
                    "\tx",
                    "a: b",
                    "# c",
                    "- a",
                    "'",
                    "--",
                    "x ",
                    " ",
                    "\u{e9}",
                    "...",
                    "text # no",
                ];
                let line = random.pick(&lines);
                let shift = if random.chance(20) { random.below(4) } else { 0 };
                if !line.is_empty() || random.chance(30) {
                    text.extend(std::iter::repeat_n(' ', inner + shift));
                }
                text.push_str(line);
                text.push('\n');
            }
        }
        8 => {
            // A scalar over several lines.
            let quote = random.pick(&["", "'", "\""]);
            text.push(' ');
            text.push_str(quote);
            for at in 0..1 + random.below(4) {
                if at > 0 {
                    text.push_str(random.pick(&["\n", "\n", "\n\n", " \n", "\\\n", "\t\n", "\n \n"]));
                    let indent = if random.chance(80) { inner } else { random.below(4) };
                    text.extend(std::iter::repeat_n(' ', indent));
                }
                text.push_str(random.pick(&[
                    "one",
                    "two three",
                    "a: b",
                    "# x",
                    "- y",
                    "it''s",
                    "\\n",
                    "tail ",
                    "\tq",
                    "x:",
                    "...",
                ]));
            }
            text.push_str(quote);
            text.push('\n');
        }
        9 => flow(random, text, depth),
        10 => {
            text.push_str(random.pick(&["", " ", " # c", "  ", "\t", " \t# c"]));
            text.push('\n');
        }
        11 => {
            text.push_str(random.pick(&[
                " &x 1",
                " *x",
                " &x",
                " &x [1, 2]",
                " &x {a: 1}",
                " {<<: *x}",
                " [*x, *x]",
                " &x '1'",
                " &z *x",
            ]));
            text.push('\n');
        }
        _ => {
            text.push_str(if random.chance(3) { random.pick(&["", "  ", "\t", " \t"]) } else { " " });
            text.push_str(random.pick(SCALARS));
            if random.chance(10) {
                text.push_str(random.pick(&[" # c", " ", "\t", "#c", " #", "\t# c"]));
            }
            text.push('\n');
        }
    }
}

fn flow(random: &mut Random, text: &mut String, depth: usize) {
    let mut inside = String::new();
    flow_value(random, &mut inside, depth);
    text.push(' ');
    text.push_str(&inside);
    text.push('\n');
}

fn flow_value(random: &mut Random, text: &mut String, depth: usize) {
    let blank = |random: &mut Random| random.pick(&["", " ", " ", "\n ", "\n", "  # c\n "]);
    if depth == 0 || random.chance(40) {
        text.push_str(random.pick(SCALARS));
        return;
    }
    let mapping = random.chance(50);
    text.push(if mapping { '{' } else { '[' });
    for at in 0..random.below(4) {
        if at > 0 {
            text.push(',');
        }
        text.push_str(blank(random));
        if mapping && random.chance(85) {
            text.push_str(random.pick(KEYS));
            text.push_str(random.pick(&[":", ": ", ": ", ": ", " : ", ""]));
        }
        flow_value(random, text, depth - 1);
        text.push_str(blank(random));
    }
    text.push_str(if random.chance(95) {
        if mapping { "}" } else { "]" }
    } else {
        random.pick(&["", "}", "]", ",]"])
    });
}

#[allow(dead_code)] // Not every test makes JSON.
/// JSON, with blanks where JSON has them.
pub fn json(random: &mut Random, depth: usize) -> String {
    let blank = |random: &mut Random| random.pick(&["", "", " ", "\n", "\t", "\r\n  "]);
    let mut text = String::new();
    match random.below(if depth == 0 { 4 } else { 6 }) {
        0 => text.push_str(random.pick(&[
            "true",
            "false",
            "null",
            "0",
            "-0",
            "1",
            "-1",
            "1.0",
            "1.50",
            "1e3",
            "1E-3",
            "1e400",
            "01",
            "12345678901234567890",
            "123456789012345678901234567890",
            "9223372036854775808",
            "0.1e1",
        ])),
        1..=3 => {
            text.push('"');
            for _ in 0..random.below(4) {
                text.push_str(random.pick(&[
                    "a",
                    "b c",
                    "\\n",
                    "\\/",
                    "\\u00e9",
                    "\\ud83d\\ude00",
                    "\\ud83d",
                    "\\\"",
                    "\\\\",
                    "\u{e9}",
                    "\u{1f600}",
                    "<",
                    "#",
                    ": ",
                    "yes",
                    "\\b",
                    "\\x",
                    "\u{7f}",
                    "\u{2028}",
                    "\\udc00",
                ]));
            }
            text.push('"');
        }
        4 => {
            text.push('[');
            for at in 0..random.below(4) {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(blank(random));
                text.push_str(&json(random, depth - 1));
                text.push_str(blank(random));
            }
            text.push(']');
        }
        _ => {
            text.push('{');
            for at in 0..random.below(4) {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(blank(random));
                text.push_str(random.pick(&[
                    "\"a\"",
                    "\"b\"",
                    "\"kind\"",
                    "\"on\"",
                    "\"\"",
                    "\"\\u0061\"",
                    "\"1\"",
                ]));
                text.push_str(blank(random));
                text.push(':');
                text.push_str(blank(random));
                text.push_str(&json(random, depth - 1));
                text.push_str(blank(random));
            }
            text.push('}');
        }
    }
    if random.chance(3) {
        text.push_str(random.pick(&[",", "}", "]", " #c", "x"]));
    }
    text
}

/// A document with a few bytes changed.
pub fn mutated(random: &mut Random, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..1 + random.below(3) {
        let at = random.below(characters.len() + 1);
        match random.below(4) {
            0 => {
                let end = (at + 1 + random.below(4)).min(characters.len());
                characters.drain(at..end);
            }
            1 => {
                let end = (at + 1 + random.below(12)).min(characters.len());
                let copy: Vec<char> = characters[at..end].to_vec();
                let to = random.below(characters.len() + 1);
                characters.splice(to..to, copy);
            }
            _ => {
                let snippet = random.pick(SNIPPETS);
                characters.splice(at..at, snippet.chars());
            }
        }
    }
    characters.into_iter().collect()
}
