//! What holds of every report: nothing leaks, nothing is lost in silence, limits are kept, and the
//! same report is the same bytes.

mod support;

use plimsoll_engine::{Control, NoticeKind, Severity};
use plimsoll_report::{BaselineSummary, Format, Style, Verdict};
use serde_json::Value;
use support::{SECRETS, SHOP, Scan, empty, many, mixed, written};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The JSON block of an HTML report.
fn embedded(page: &str) -> &str {
    let (_, rest) =
        page.split_once("<script type=\"application/json\" id=\"data\">").expect("a block of data");
    rest.split_once("</script>").expect("the end of the block").0
}

#[test]
fn no_value_of_a_secret_is_in_any_report() {
    let scan = Scan::of(&[("secrets.yaml", SECRETS)]);
    assert!(scan.findings.iter().filter(|finding| finding.control.id == "secret/plain").count() >= 4);
    for format in Format::ALL {
        for width in [Some(40), Some(100), Some(400), None] {
            let text = written(format, &scan.report(), &Style { width, ..Style::default() });
            assert!(!text.contains("hunter2"), "{format} at {width:?}");
            assert!(text.contains("secret/plain"), "{format}");
        }
    }
}

/// A control of types points at values that lack their quotes: a password of digits is one.
#[test]
fn long_numbers_of_the_wrong_type_are_masked() {
    static TYPE: Control = Control { id: "manifest/wrong-type", ..support::SECRET };
    for (value, is_shown) in [("48151623", false), ("123456", false), ("65535", true), ("false", true)] {
        let text =
            format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  code: {value}\n");
        let mut scan = Scan::of(&[("types.yaml", &text)]);
        assert_eq!(scan.findings.len(), 1);
        scan.findings[0].control = &TYPE;
        assert_eq!(scan.write(Format::Terminal).contains(&format!("code: {value}")), is_shown, "{value}");
        assert!(is_shown || !scan.write(Format::Html).contains(value));
    }
}

#[test]
fn a_long_id_stands_apart_from_its_message() {
    static LONG: Control = Control { id: "test/an-id-that-is-longer-than-most-others", ..support::LIMIT };
    let mut scan = Scan::of(&[("shop.yaml", SHOP)]);
    scan.findings.iter_mut().for_each(|finding| finding.control = &LONG);
    assert!(scan.write(Format::Terminal).contains(&format!("{}  there is no memory limit", LONG.id)));
}

#[test]
fn beside_a_secret_the_entry_itself_is_shown() {
    let scan = Scan::of(&[("secrets.yaml", SECRETS)]);
    assert!(scan.write(Format::Terminal).contains("…privileged: true…"));
}

#[test]
fn text_from_outside_starts_no_terminal_sequence() {
    let text = written(Format::Terminal, &mixed().report(), &Style::default());
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!text.contains('\u{202e}'));
}

#[test]
fn the_same_report_is_the_same_bytes() {
    for format in Format::ALL {
        assert_eq!(mixed().write(format), mixed().write(format), "{format}");
    }
}

#[test]
fn real_output_keeps_to_the_schema() {
    let schema = json(include_str!("../../../schemas/report-v1.schema.json"));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let mut with_baseline = mixed();
    with_baseline.baseline = Some(BaselineSummary { known: 3, mended: 1 });
    for scan in [mixed(), with_baseline, empty()] {
        let report = json(&scan.write(Format::Json));
        let errors: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }

    let sound = json(&mixed().write(Format::Json));
    for (pointer, wrong) in [
        ("/version", Value::from(2)),
        ("/findings/0/severity", Value::from("Critical")),
        ("/findings/0/location/column", Value::from(0)),
        ("/findings/0/fingerprint", Value::from("0x1")),
        ("/findings/0/object/namespace", Value::from(1)),
        ("/coverage/incomplete/0/reason", Value::Null),
        ("/baseline", Value::from(1)),
    ] {
        let mut report = sound.clone();
        *report.pointer_mut(pointer).expect(pointer) = wrong;
        assert!(!validator.is_valid(&report), "{pointer}");
    }
}

#[test]
fn json_has_every_finding_and_columns_in_characters() {
    let scan = mixed();
    let report = json(&scan.write(Format::Json));
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(scan.findings.len()));
    let side = report["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|finding| finding["container"] == "side")
        .expect("a finding of the container side");
    // `        securityContext: {x: "船🚢", privileged: true}`: two characters, seven bytes.
    assert_eq!(side["location"]["line"], 16);
    assert_eq!(side["location"]["column"], 48);
    assert_eq!(side["location"]["endColumn"], 52);
    assert_eq!(side["path"], "spec.template.spec.containers[1].securityContext.privileged");
    assert_eq!(side["fix"], "safe");
    assert_eq!(report["summary"]["waived"], 1);
    let waived = scan.findings.iter().position(|finding| finding.waived.is_some()).expect("a waived finding");
    assert_eq!(report["findings"][waived]["waived"]["expiry"], "2027-01-31");
    assert_eq!(report["coverage"]["incomplete"][0]["file"], "apps/broken.yaml");
}

#[test]
fn verdicts() {
    let mut scan = Scan::of(&[("shop.yaml", SHOP)]);
    assert_eq!(scan.report().verdict(), Verdict::Failed);
    scan.findings.retain(|finding| finding.severity < Severity::High);
    assert!(!scan.findings.is_empty());
    assert_eq!(scan.report().verdict(), Verdict::Passed);
    assert!(
        scan.write(Format::Terminal)
            .ends_with("Passed: 1 finding (1 medium) in 1 of 1 file, none at or above high\n")
    );
    scan.coverage.incomplete = mixed().coverage.incomplete;
    assert_eq!(scan.report().verdict(), Verdict::Incomplete);
    assert!(scan.write(Format::Terminal).contains("\nIncomplete: 1 finding"));
    scan.findings = mixed().findings;
    assert_eq!(scan.report().verdict(), Verdict::Failed);
}

#[test]
fn sarif_cuts_the_least_severe_and_says_so() {
    let scan = many(25_010);
    let run = &json(&scan.write(Format::Sarif))["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(25_000));
    let has_critical = |results: &Value| {
        results.as_array().into_iter().flatten().any(|result| result["ruleId"] == "test/privileged")
    };
    assert!(has_critical(&run["results"]), "the most severe stays though it comes last");
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = notification["message"]["text"].as_str().expect("a message");
    assert!(text.starts_with("11 findings left out"), "{text}");

    let whole = &json(&many(10).write(Format::Sarif))["runs"][0];
    assert_eq!(whole["results"].as_array().map(Vec::len), Some(11));
    assert_eq!(whole["invocations"][0]["toolExecutionNotifications"], Value::Array(Vec::new()));
}

#[test]
fn sarif_rules_belong_to_results() {
    let run = &json(&mixed().write(Format::Sarif))["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    for rule in rules {
        let severity: f64 = rule["properties"]["security-severity"]
            .as_str()
            .and_then(|text| text.parse().ok())
            .expect("a number");
        assert!(severity > 0.0 && severity <= 10.0);
        assert!(rule["properties"]["tags"].as_array().is_some_and(|tags| tags.len() <= 20));
    }
    let uris: Vec<_> = run["results"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str())
        .collect();
    assert!(uris.contains(&"apps/traps,%20100%25%3A%20%3Cb%3E.yaml"));
    let suppressed =
        run["results"].as_array().into_iter().flatten().filter(|result| result.get("suppressions").is_some());
    assert_eq!(suppressed.count(), 1);
}

#[test]
fn a_comment_stays_within_its_limit_and_counts_what_it_leaves_out() {
    let text = many(2_000).write(Format::Markdown);
    assert!(text.len() < 65_536, "{}", text.len());
    let shown = text.lines().filter(|line| line.starts_with("| `big.yaml")).count();
    let (_, rest) = text.split_once("\n**").expect("a count of what is left out");
    let left_out: usize = rest.split(' ').next().and_then(|word| word.parse().ok()).expect("a number");
    assert_eq!(shown + left_out, 2_001);
    assert!(text.contains("`test/privileged`"), "the most severe is shown");
    assert!(!mixed().write(Format::Markdown).contains("left out"));
}

#[test]
fn annotations_say_when_there_are_more_than_are_shown() {
    assert!(many(11).write(Format::Github).contains("::notice title=plimsoll::GitHub shows 10"));
    assert!(!many(9).write(Format::Github).contains("title=plimsoll"));
    for line in mixed().write(Format::Github).lines() {
        assert!(
            line.starts_with("::error ") || line.starts_with("::warning ") || line.starts_with("::notice "),
            "{line}"
        );
    }
}

#[test]
fn gitlab_fingerprints_are_unique() {
    let issues = json(&mixed().write(Format::Gitlab));
    let issues = issues.as_array().expect("an array");
    let prints: std::collections::BTreeSet<_> =
        issues.iter().map(|issue| issue["fingerprint"].as_str()).collect();
    assert_eq!(prints.len(), issues.len());
    // One file that could not be read, and a notice.
    assert_eq!(issues.len(), mixed().report().open().count() + 2);
}

#[test]
fn nothing_in_a_page_ends_its_data() {
    let scan = mixed();
    let page = scan.write(Format::Html);
    let data = embedded(&page);
    assert!(!data.contains(['<', '>', '&']));
    let data = json(data);
    assert_eq!(data["findings"].as_array().map(Vec::len), Some(scan.findings.len()));
    assert_eq!(data["coverage"]["incomplete"][0]["file"], "apps/broken.yaml");
    assert_eq!(page.matches("</script>").count(), 2, "of the data, and of the script");
    assert!(!page.contains("onerror=alert(1)>"));
    for marker in ["<!--title-->", "<!--data-->", "<!--style-->", "<!--script-->", "<!--words-->"] {
        assert!(!page.contains(marker), "{marker}");
    }
}

#[test]
fn a_page_loads_nothing() {
    let page = mixed().write(Format::Html);
    assert!(page.contains("default-src 'none'"));
    for trap in [
        "<script src",
        "<link rel=\"stylesheet\"",
        "@import",
        "url(",
        "fetch(",
        "XMLHttpRequest",
        "innerHTML",
    ] {
        assert!(!page.contains(trap), "{trap}");
    }
}

#[test]
fn places_are_relative_to_the_root_where_a_code_host_reads_them() {
    let scan = Scan::of(&[("/srv/repository/apps/shop.yaml", SHOP)]);
    let mut report = scan.report();
    report.root = Some(std::path::Path::new("/srv/repository"));
    for format in [Format::Sarif, Format::Gitlab, Format::Github, Format::Markdown] {
        let text = written(format, &report, &Style::default());
        assert!(text.contains("apps/shop.yaml"), "{format}");
        assert!(!text.contains("/srv/repository"), "{format}");
    }
}

#[test]
fn the_same_at_many_places_is_said_once_and_every_place_shown() {
    let mut scan = Scan::of(&[("shop.yaml", SHOP)]);
    scan.findings.retain(|finding| finding.control.id == "test/wildcard");
    let text = scan.write(Format::Terminal);
    assert_eq!(text.matches("the rule grants").count(), 2, "they have related places");
    assert_eq!(text.matches("see shop.yaml:21:9: of this role").count(), 2);
    for finding in &mut scan.findings {
        finding.related = Box::default();
    }
    let text = scan.write(Format::Terminal);
    assert_eq!(text.matches("the rule grants").count(), 1);
    assert!(text.contains("(2 places)"));
    assert!(text.contains(" 27 │   - \"*\"") && text.contains(" 30 │   verbs: [\"*\"]"));
}

#[test]
fn notices_have_their_names() {
    let mut scan = mixed();
    for kind in [NoticeKind::WaiverUnused, NoticeKind::WaiverInvalid] {
        let mut notice = scan.notices[0].clone();
        notice.kind = kind;
        scan.notices.push(notice);
    }
    let report = json(&scan.write(Format::Json));
    let kinds: Vec<_> =
        report["notices"].as_array().into_iter().flatten().map(|notice| notice["kind"].clone()).collect();
    assert_eq!(kinds, ["waiver-expired", "waiver-unused", "waiver-invalid"]);
}
