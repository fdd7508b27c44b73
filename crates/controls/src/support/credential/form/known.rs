//! The kinds of tokens that are known by their first letters.

use super::alphabet::{
    alphanumeric, base64_or_underscore, dotted, hexadecimal, hexadecimal_or_dash, upper_digit_or_dot,
    upper_or_digit, word,
};

/// A kind of token that begins with letters of its own.
pub(super) struct Form {
    pub(super) prefix: &'static str,
    /// Where in it the three letters are that it is looked for by: pairs of letters that other texts have seldom.
    pub(super) at: usize,
    /// Characters that must follow, at least.
    pub(super) least: usize,
    /// Characters that may follow at most; 0 for no end.
    pub(super) most: usize,
    pub(super) alphabet: fn(u8) -> bool,
    pub(super) what: &'static str,
}

const fn form(
    prefix: &'static str,
    (least, most): (usize, usize),
    alphabet: fn(u8) -> bool,
    what: &'static str,
) -> Form {
    Form { prefix, at: 0, least, most, alphabet, what }
}

impl Form {
    const fn at(self, at: usize) -> Form {
        Form { at, ..self }
    }
}

/// Published by those who issue them, so that scanners can know them.
pub(super) const FORMS: &[Form] = &[
    form("AKIA", (16, 16), upper_or_digit, "an AWS access key"),
    form("ASIA", (16, 16), upper_or_digit, "a temporary AWS access key"),
    form("AIza", (35, 35), word, "a Google API key"),
    form("AGE-SECRET-KEY-1", (58, 58), upper_or_digit, "an age private key"),
    form("ATATT3", (50, 0), dotted, "an Atlassian token"),
    form("ATBB", (32, 32), alphanumeric, "a Bitbucket app password"),
    form("ATCTT3", (150, 0), dotted, "an Atlassian token"),
    form("GOCSPX-", (28, 28), word, "a Google OAuth client secret"),
    form("GR1348941", (20, 20), word, "a GitLab runner token"),
    form("NRAK-", (27, 27), upper_or_digit, "a New Relic key"),
    form("PMAK-", (59, 59), hexadecimal_or_dash, "a Postman key"),
    form("SG.", (60, 70), dotted, "a SendGrid key"),
    form("SK", (32, 32), hexadecimal, "a Twilio key"),
    form("dapi", (32, 32), hexadecimal, "a Databricks token"),
    form("dckr_pat_", (20, 0), word, "a Docker Hub token"),
    form("dckr_oat_", (20, 0), word, "a Docker Hub token"),
    form("dop_v1_", (64, 64), hexadecimal, "a DigitalOcean token").at(3),
    form("doo_v1_", (64, 64), hexadecimal, "a DigitalOcean token").at(3),
    form("dor_v1_", (64, 64), hexadecimal, "a DigitalOcean token").at(3),
    form("dp.pt.", (43, 43), alphanumeric, "a Doppler token"),
    form("dt0c01.", (89, 89), upper_digit_or_dot, "a Dynatrace token"),
    form("ghp_", (36, 255), alphanumeric, "a GitHub token"),
    form("gho_", (36, 255), alphanumeric, "a GitHub token"),
    form("ghu_", (36, 255), alphanumeric, "a GitHub token"),
    form("ghs_", (36, 255), alphanumeric, "a GitHub token"),
    form("ghr_", (36, 255), alphanumeric, "a GitHub token"),
    form("github_pat_", (22, 255), word, "a GitHub token"),
    form("glpat-", (20, 0), dotted, "a GitLab token"),
    form("glptt-", (20, 0), dotted, "a GitLab token"),
    form("glrt-", (20, 0), dotted, "a GitLab runner token"),
    form("gldt-", (20, 0), dotted, "a GitLab deploy token"),
    form("glagent-", (50, 0), dotted, "a GitLab agent token"),
    form("glc_", (32, 0), base64_or_underscore, "a Grafana Cloud token"),
    form("glcbt-", (22, 0), dotted, "a GitLab job token"),
    form("glffct-", (20, 0), dotted, "a GitLab feature flag token"),
    form("glft-", (20, 0), dotted, "a GitLab feed token"),
    form("glimt-", (25, 0), dotted, "a GitLab incoming mail token"),
    form("glsa_", (32, 0), word, "a Grafana service account token"),
    form("glsoat-", (20, 0), dotted, "a GitLab SCIM token"),
    form("hf_", (34, 40), alphanumeric, "a Hugging Face token"),
    form("hvs.", (24, 0), word, "a Vault token"),
    form("hvb.", (24, 0), word, "a Vault token"),
    form("hvr.", (24, 0), word, "a Vault token"),
    form("lin_api_", (40, 0), alphanumeric, "a Linear key"),
    form("npm_", (36, 36), alphanumeric, "an npm token"),
    form("ops_eyJ", (250, 0), base64_or_underscore, "a 1Password service account token").at(3),
    form("pul-", (40, 40), hexadecimal, "a Pulumi token"),
    form("pypi-", (50, 0), word, "a PyPI token"),
    form("rk_live_", (16, 0), alphanumeric, "a Stripe key"),
    form("rk_test_", (16, 0), alphanumeric, "a Stripe key"),
    form("rubygems_", (48, 48), hexadecimal, "a RubyGems key"),
    form("shpat_", (32, 32), hexadecimal, "a Shopify token"),
    form("shpca_", (32, 32), hexadecimal, "a Shopify token"),
    form("shppa_", (32, 32), hexadecimal, "a Shopify token"),
    form("shpss_", (32, 32), hexadecimal, "a Shopify secret"),
    form("sk-admin-", (40, 0), word, "an OpenAI key"),
    form("sk-ant-", (32, 0), word, "an Anthropic key"),
    form("sk-proj-", (40, 0), word, "an OpenAI key"),
    form("sk-svcacct-", (40, 0), word, "an OpenAI key"),
    form("sk-", (48, 48), alphanumeric, "an OpenAI key"),
    form("sk_live_", (16, 0), alphanumeric, "a Stripe key"),
    form("sk_test_", (16, 0), alphanumeric, "a Stripe key"),
    form("sntrys_eyJ", (50, 0), base64_or_underscore, "a Sentry token").at(4),
    form("sntryu_", (64, 64), hexadecimal, "a Sentry token").at(4),
    form("tskey-api-", (30, 0), word, "a Tailscale key").at(3),
    form("tskey-auth-", (30, 0), word, "a Tailscale key").at(3),
    form("tskey-client-", (30, 0), word, "a Tailscale key").at(3),
    form("whsec_", (32, 0), alphanumeric, "a webhook's signing secret"),
    form("xapp-", (20, 0), word, "a Slack token"),
    form("xkeysib-", (81, 81), word, "a Brevo key").at(2),
    form("xoxa-", (10, 0), word, "a Slack token"),
    form("xoxb-", (10, 0), word, "a Slack token"),
    form("xoxe-", (100, 0), word, "a Slack token"),
    form("xoxp-", (10, 0), word, "a Slack token"),
    form("xoxr-", (10, 0), word, "a Slack token"),
    form("xoxs-", (10, 0), word, "a Slack token"),
    form("ya29.", (30, 0), word, "a Google access token"),
];
