"""The desk file: defaults, precedence, secrets, and all faults at once."""

from datetime import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from briefing.errors import SettingsError
from briefing.model.text import Bilingual
from briefing.model.topic import Edition, QuietRule, Relevance, Rhythm, Topic
from briefing.settings import editions_of, load_desk

TEN_FAULTS = """\
[desk]
nmae = "The Desk"
zone = "Asia/Shanghia"
base_address = "desk.example.org"

[fetch]
timeout_s = "30"
max_bytes = 0
private_hosts = [1]

[mail]
sender = "no address"
smtp_url = "smtp://user:word@mail.example.org"

[wbe]
port = 80

[[edition]]
topic = "china-data-finance"
"""


def faults_of(folder: Path, text: str, environment: dict[str, str] | None = None) -> tuple[str, ...]:
    (folder / "desk.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_desk(folder, environment or {})
    return caught.value.faults


def test_a_desk_file_with_ten_faults_shows_ten_with_line_key_and_nearest_name(tmp_path):
    file = tmp_path / "desk.toml"
    found = sorted(faults_of(tmp_path, TEN_FAULTS), key=lambda fault: int(fault.split(":")[1]))
    assert [
        f"{file}:2: desk.nmae: unknown key; did you mean 'name'?",
        f"{file}:3: desk.zone: 'Asia/Shanghia' is no time zone; did you mean 'Asia/Shanghai'?",
        f"{file}:4: desk.base_address: should be an address that begins with http:// or https://",
        f"{file}:7: fetch.timeout_s: should be a valid number",
        f"{file}:8: fetch.max_bytes: should be greater than or equal to 1",
        f"{file}:9: fetch.private_hosts[1]: should be a valid string",
        f"{file}:12: mail.sender: should be one mail address: 'desk@example.org' or 'The Desk <desk@example.org>'",
        f"{file}:13: mail.smtp_url: never stands in the desk file; set BRIEFING_SMTP_URL or BRIEFING_SMTP_URL_FILE",
        f"{file}:15: wbe: unknown key; did you mean 'web'?",
        f"{file}:18: edition[1].name: is missing",
    ] == found


def test_a_desk_without_a_file_has_working_defaults(tmp_path):
    settings = load_desk(tmp_path, {})
    assert settings.folder == tmp_path
    assert settings.paths.database == tmp_path / "desk.db"
    assert settings.paths.archive == tmp_path / "archive"
    assert settings.desk.base_address == "http://127.0.0.1:8000"
    assert settings.mail.sender is None
    assert settings.secrets.smtp_url == ""


def test_flag_wins_over_environment_over_file_over_default(tmp_path):
    (tmp_path / "desk.toml").write_text(
        "[web]\nport = 1\nhost = 'file.example'\n[desk]\nname = '数据台'\n", encoding="utf-8"
    )
    environment = {"BRIEFING_WEB_PORT": "2", "BRIEFING_WEB_HOST": "environment.example"}
    settings = load_desk(tmp_path / "desk.toml", environment, {"web.port": "3"})
    assert (settings.web.port, settings.web.host, settings.desk.name) == (3, "environment.example", "数据台")
    assert settings.web.behind_proxy is False


def test_values_from_the_environment_take_the_type_of_their_key(tmp_path):
    environment = {
        "BRIEFING_FETCH_PRIVATE_HOSTS": "127.0.0.1, feeds.internal ,",
        "BRIEFING_FETCH_TIMEOUT_S": "2.5",
        "BRIEFING_WEB_BEHIND_PROXY": "true",
        "BRIEFING_PATHS_DATABASE": "/srv/desk.db",
        "BRIEFING_DESK": "ignored here",
        "PATH": "/bin",
    }
    settings = load_desk(tmp_path, environment)
    assert settings.fetch.private_hosts == ("127.0.0.1", "feeds.internal")
    assert settings.fetch.timeout_s == 2.5
    assert settings.web.behind_proxy is True
    assert settings.paths.database == Path("/srv/desk.db")


def test_faults_of_environment_and_flags_name_where_they_came_from(tmp_path):
    with pytest.raises(SettingsError) as caught:
        load_desk(
            tmp_path,
            {"BRIEFING_WEB_PORT": "eighty", "BRIEFING_WBE_HOST": "x", "BRIEFING_DESK_ZONE": "Mars/Olympus"},
            {"web.prot": "1", "web.port": "70000"},
        )
    assert sorted(caught.value.faults) == [
        "BRIEFING_DESK_ZONE: 'Mars/Olympus' is no time zone",
        "BRIEFING_WBE_HOST: unknown variable; did you mean 'BRIEFING_WEB_HOST'?",
        "BRIEFING_WEB_PORT: should be a valid integer, unable to parse string as an integer",
        "flag web.port: should be less than or equal to 65535",
        "flag web.prot: unknown key; did you mean 'web.port'?",
    ]


def test_a_section_that_is_no_table_and_a_secret_in_it_are_faults(tmp_path):
    (fault,) = faults_of(tmp_path, "web = 1", {"BRIEFING_WEB_PORT": "80"})
    assert fault.startswith(f"{tmp_path / 'desk.toml'}:1: web: ")


@pytest.mark.parametrize("address", ["https://desk.example.org/", "http://127.0.0.1:8000"])
def test_a_base_address_has_no_slash_at_its_end(tmp_path, address):
    settings = load_desk(tmp_path, {"BRIEFING_DESK_BASE_ADDRESS": address})
    assert settings.desk.base_address == address.rstrip("/")


def test_a_secret_comes_from_the_environment_or_from_the_file_it_names_and_is_never_shown(tmp_path):
    secret = tmp_path / "smtp"
    secret.write_text("smtp://user:密码@127.0.0.1:2525\n", encoding="utf-8")
    settings = load_desk(tmp_path, {"BRIEFING_SMTP_URL_FILE": str(secret), "BRIEFING_SIGNING_KEY": "k1"})
    assert settings.secrets.smtp_url == "smtp://user:密码@127.0.0.1:2525"
    assert settings.secrets.signing_key == "k1"
    assert "密码" not in repr(settings)
    assert "密码" not in settings.model_dump_json()


def test_a_secret_given_twice_or_from_a_file_that_cannot_be_read_is_a_fault(tmp_path):
    (tmp_path / "latin").write_bytes(b"\xff\xfe")
    environment = {
        "BRIEFING_SMTP_URL": "smtp://a",
        "BRIEFING_SMTP_URL_FILE": str(tmp_path / "missing"),
        "BRIEFING_EDITOR_PASSWORD_FILE": str(tmp_path / "missing"),
        "BRIEFING_SIGNING_KEY_FILE": str(tmp_path / "latin"),
    }
    assert faults_of(tmp_path, "", environment) == (
        "BRIEFING_SMTP_URL: is set together with BRIEFING_SMTP_URL_FILE; set one of them",
        f"BRIEFING_SIGNING_KEY_FILE: {tmp_path / 'latin'} cannot be read: it is not UTF-8",
        f"BRIEFING_EDITOR_PASSWORD_FILE: {tmp_path / 'missing'} cannot be read: No such file or directory",
    )


@pytest.mark.parametrize(
    "text", ["smtp_url = 'x'", "[secrets]\nsmtp_url = 'x'", "folder = '/etc'", "[desk]\nsigning_key = 'x'"]
)
def test_secrets_and_derived_keys_are_refused_wherever_they_stand(tmp_path, text):
    assert len(faults_of(tmp_path, text)) == 1


def test_a_file_that_is_not_toml_is_one_fault_with_its_line(tmp_path):
    assert faults_of(tmp_path, "[desk]\nname = \n") == (f"{tmp_path / 'desk.toml'}:2: is not TOML: Invalid value",)
    (fault,) = faults_of(tmp_path, "[desk]\nname = '")
    assert fault.startswith(f"{tmp_path / 'desk.toml'}:2: is not TOML: ")


def test_a_file_that_is_not_utf8_or_no_file_is_one_fault(tmp_path):
    file = tmp_path / "desk.toml"
    file.write_bytes("[desk]\nname = '审计'\n".encode("gb18030"))
    with pytest.raises(SettingsError, match="is not UTF-8 at byte"):
        load_desk(tmp_path, {})
    file.unlink()
    file.mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load_desk(tmp_path, {})


def test_settings_cannot_be_changed(tmp_path):
    settings = load_desk(tmp_path, {})
    with pytest.raises(ValidationError):
        settings.web.port = 1


@pytest.mark.parametrize(
    ("sender", "right"),
    [
        ("desk@example.org", True),
        ("The Desk <desk@example.org>", True),
        ("数据台 <desk@example.org>", True),
        ("desk", False),
        ("a@b, c@d", False),
        ("desk@example.org\\nBcc: x@y", False),
    ],
)
def test_a_sender_is_one_address_without_a_line_break(tmp_path, sender, right):
    (tmp_path / "desk.toml").write_text(f'[mail]\nsender = "{sender}"\n', encoding="utf-8")
    if right:
        assert load_desk(tmp_path, {}).mail.sender == sender
    else:
        with pytest.raises(SettingsError):
            load_desk(tmp_path, {})


def topic_with(*editions: Edition) -> Topic:
    return Topic("bridges", Bilingual("Bridges", "桥梁"), Bilingual("b", "桥"), Relevance(()), editions=editions)


WEEKLY = Edition("weekly", Rhythm.WEEKLY, time(8), "Asia/Shanghai")
DAILY = Edition("daily", Rhythm.DAILY, time(7), "UTC", enabled=False)


def test_a_topics_editions_run_as_the_topic_says_and_disabled_ones_do_not(tmp_path):
    assert editions_of(load_desk(tmp_path, {}), topic_with(WEEKLY, DAILY)) == (WEEKLY,)


def test_a_desk_changes_an_edition_switches_it_on_or_adds_one(tmp_path):
    (tmp_path / "desk.toml").write_text(
        """
[[edition]]
topic = "bridges"
name = "daily"
enabled = true
quiet = "note"
[[edition]]
topic = "bridges"
name = "monday"
rhythm = "weekly"
weekday = 0
at = 06:30:00
zone = "Europe/Berlin"
languages = ["zh"]
[[edition]]
topic = "other"
name = "weekly"
enabled = false
""",
        encoding="utf-8",
    )
    editions = editions_of(load_desk(tmp_path, {}), topic_with(WEEKLY, DAILY))
    assert [edition.name for edition in editions] == ["weekly", "daily", "monday"]
    assert (editions[1].quiet, editions[1].at) == (QuietRule.NOTE, time(7))
    assert (editions[2].languages, editions[2].weekday, editions[2].rhythm) == (("zh",), 0, Rhythm.WEEKLY)


def test_a_new_edition_without_rhythm_time_and_zone_is_a_fault(tmp_path):
    (tmp_path / "desk.toml").write_text('[[edition]]\ntopic = "bridges"\nname = "weakly"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="'weakly' is no edition of bridges"):
        editions_of(load_desk(tmp_path, {}), topic_with(WEEKLY))
