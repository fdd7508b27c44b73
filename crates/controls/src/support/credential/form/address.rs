//! Addresses that hold a password, or are secrets themselves.

use super::super::value::{is_default_password, is_placeholder, is_reference};

use super::{NEAR, end_of, start_of, varies};

/// `scheme://user:password@host`, and addresses that are secrets themselves.
pub(super) fn address(text: &str, colon: usize) -> Option<&'static str> {
    let after = text.get(colon..)?.strip_prefix("://")?;
    let end = after
        .find(|c: char| {
            c.is_whitespace()
                || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '<' | '>' | '\\' | ',' | ';' | '|')
        })
        .unwrap_or(after.len());
    let authority = after.get(..end)?;
    if let Some((user_info, host)) = authority.rsplit_once('@') {
        let (user, password) = user_info.split_once(':')?;
        // A value that is an address and no more is used as it is; text also shows what one looks like.
        let is_value = is_address_alone(text, colon);
        let is_shown = is_shown_form(user, password) && (!is_value || is_placeholder_of_host(host));
        let is_expression = !is_value && password.contains(['(', '[']);
        let is_written = !host.is_empty()
            && !password.is_empty()
            && !is_placeholder(password)
            && !is_reference(password)
            && !password.contains(['{', '}'])
            && !has_variable(password)
            && !is_shown
            && !is_expression;
        return is_written.then_some(if is_default_password(password) {
            "an address with a default password"
        } else {
            "an address with a password"
        });
    }
    let path = after.get(end..).unwrap_or("");
    let hook = match authority {
        "hooks.slack.com" => {
            ["/services/T", "/workflows/T", "/triggers/T"].iter().find_map(|start| path.strip_prefix(start))
        }
        "discord.com" | "discordapp.com" => path.strip_prefix("/api/webhooks/"),
        _ if authority.ends_with(".webhook.office.com") => path.strip_prefix("/webhookb2/"),
        _ => None,
    }?;
    let hook = start_of(hook, NEAR);
    let hook = hook.split(|c: char| c.is_whitespace() || c == '"' || c == '\'').next().unwrap_or("");
    let is_written = hook.len() >= 24 && hook.contains('/') && varies(hook.rsplit('/').next()?.as_bytes());
    is_written.then_some("the address of a webhook, which is its key")
}

/// Whether a text is one address from its scheme to its end.
fn is_address_alone(text: &str, colon: usize) -> bool {
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.:".contains(&byte);
    colon <= NEAR && text.bytes().take(colon).all(is_scheme) && !text.trim_end().contains(char::is_whitespace)
}

/// `user:password@host`: a host that is none either.
fn is_placeholder_of_host(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or(host);
    matches!(name, "host" | "hostname" | "server") || name.ends_with("example.com")
}

/// Whether a shell or Kubernetes would put a variable in: `$NAME`, and not `Pa$$w0rd`.
fn has_variable(password: &str) -> bool {
    let bytes = password.as_bytes();
    bytes.iter().enumerate().any(|(index, byte)| {
        let at = |index: Option<usize>| index.and_then(|index| bytes.get(index)).copied().unwrap_or(0);
        let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
        *byte == b'$'
            && before != b'$'
            && (after.is_ascii_alphabetic() || matches!(after, b'_' | b'(' | b'{' | b'['))
    })
}

/// `user:pass@`, `username:password@`: how documentation writes the form of an address.
fn is_shown_form(user: &str, password: &str) -> bool {
    matches!(
        (user.to_ascii_lowercase().as_str(), password.to_ascii_lowercase().as_str()),
        ("user" | "username" | "usr" | "login" | "", "pass" | "password" | "pwd" | "passwd")
    )
}

/// `user:password@tcp(host)`: how Go's database drivers write an address.
pub(super) fn login_before(text: &str, at: usize) -> Option<&'static str> {
    let after = text.get(at + 1..)?;
    if !["tcp(", "tcp4(", "tcp6(", "unix("].iter().any(|start| after.starts_with(start)) {
        return None;
    }
    let before = end_of(text.get(..at)?, NEAR);
    let login = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '=')).next()?;
    let (user, password) = login.split_once(':')?;
    let is_written = !user.is_empty()
        && !password.is_empty()
        && !password.contains(['$', '{'])
        && !is_placeholder(password);
    is_written.then_some("an address with a password")
}

#[cfg(test)]
mod tests {
    use super::super::by_form;

    #[test]
    fn addresses() {
        for text in [
            "redis://:hunter2-not-real@redis:6379/0",
            "postgres://app:s3cr3t@db/votes",
            "https://ci:hunter2-not-real@git.example.com/app.git",
            "amqp://guest:guest@rabbit:5672/",
            "app:hunter2@tcp(db:3306)/votes",
            "see mongodb://root:hunter2@a,b/admin",
            "postgres://user:password@db:5432/app",
            "jdbc:postgresql://user:pass@db/app",
            "postgres://app:Pa$$w0rd1@db/votes",
            "postgres://app:p(a)ss@db/votes",
            "see postgres://app:Pa$$w0rd1@db/votes",
        ] {
            assert!(by_form(text).is_some(), "{text}");
        }
        for text in [
            "postgres://app@db/votes",
            "postgres://app:@db/votes",
            "postgres://app:${PASSWORD}@db/votes",
            "postgres://app:$(PASSWORD)@db/votes",
            "postgres://app:$PASSWORD@db/votes",
            "postgres://app:<password>@db/votes",
            "see postgres://user:password@db/votes",
            "url: postgres://user:password@db/votes\n",
            "postgres://user:password@host:5432/database",
            "postgres://user:password@db.example.com/votes",
            "postgres://app:a$(PASSWORD)@db/votes",
            "postgres://app:a$PASSWORD@db/votes",
            "match https://([^:]+):([^@]+)@.* here",
            "postgres://app:%s@db/votes",
            "app@tcp(db:3306)/votes",
            "app:${PASSWORD}@tcp(db:3306)/votes",
            "https://example.com:8443/a@b",
            "https://example.com/?mail=a:b@example.com",
            "https://example.com https://a:b",
        ] {
            assert_eq!(by_form(text), None, "{text}");
        }
    }

    #[test]
    fn webhooks() {
        for text in [
            "https://hooks.slack.com/triggers/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",
            "https://hooks.slack.com/workflows/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",
        ] {
            assert!(by_form(text).is_some(), "{text}");
        }
        let cut = "https://hooks.slack.com/triggers/T.../8681156713990";
        assert_eq!(by_form(cut), None, "{cut}");
    }
}
