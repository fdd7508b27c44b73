//! Connection strings: `Server=db;User Id=app;Password=value;`.

use super::near;

/// Whether what stands before a value are the other parts of a connection string, one of which says where it leads.
pub(super) fn is_of_connection(before: &str) -> bool {
    const PLACES: &[&str] = &[
        "server",
        "data source",
        "datasource",
        "host",
        "hostname",
        "endpoint",
        "database",
        "initial catalog",
        "user id",
        "userid",
        "uid",
        "accountname",
        "accountendpoint",
        "addr",
    ];
    let before = near(before);
    let before = before.rsplit(['"', '\'']).next().unwrap_or(before);
    let mut parts = before.rsplit(';');
    // The name of the value.
    let _ = parts.next();
    let is_place = |key: &str| PLACES.iter().any(|place| place.eq_ignore_ascii_case(key.trim()));
    // The whole string may be the value of a name itself: CONNECTION=Server=db;…
    let keys = parts.map(|part| part.rsplit_once('=').map(|(key, _)| key.rsplit('=').next().unwrap_or(key)));
    let mut is_any_place = false;
    for key in keys {
        let Some(key) = key else { return false };
        is_any_place |= is_place(key);
    }
    is_any_place
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn passwords_in_connection_strings() {
        for (text, name, line) in [
            ("Server=db;User=sa;Password=hunter2;", "Password", 1),
            ("CONN=Server=db;User Id=sa;Password=Pa(ss)w0rd1!;", "Password", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn statements_that_are_no_connection_strings() {
        for text in [
            "Password=Pa(ss)w0rd1",
            "user=u; password=row.password",
            "var a=1;var password=decodeField(1);var c=2;",
            "x=b; password=getPassword(row1)",
            "e.type=\"x\";e.password=t.inputs[0].value",
            "SET @u='a'; SET @x=1; SET password=PASSWORD(@p1);",
            "IFS=; read u; PASSWORD=prompt",
            "u=root; pass=ask",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
