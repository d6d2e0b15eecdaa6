"""Writing and sending mail: plain, short, without a link, by SMTP with TLS."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from typing import Any, Final

from erp_desktop.worker.settings import MailServer

TIMEOUT: Final = 20.0

_SUBJECTS = {"zh": "{company}：重置密码的代码", "en": "{company}: a code for your new password"}
_TEXTS = {
    "zh": """{name}：

重置 Tenon 密码的代码：{code}

请在登录窗口“忘记密码”中输入，{minutes} 分钟内有效，只能使用一次。
您的用户名：{login}

请勿将代码告诉任何人，管理员也不会向您索要。
如果您没有申请，请告知贵公司的 Tenon 管理员：可能有人想进入您的账号。密码没有改变。

{company}
（系统邮件，请勿回复）
""",
    "en": """{name},

your code for a new password in Tenon: {code}

Enter it in the login window under "Forgot the password?". It is good once, for {minutes} minutes.
Your user name: {login}

Give it to nobody; no administrator will ask you for it.
If you did not ask for it, tell your company's administrator of Tenon: somebody may be after your
account. Your password has not changed.

{company}
(Sent by the system; please don't answer.)
""",
}


class MailUnavailable(Exception):
    """The mail server took nothing; the message is the reason, and later it may be different."""


class MailRefused(Exception):
    """The mail server will never take this mail; the message is the reason."""


def code_message(told: dict[str, Any], sender: Address) -> EmailMessage:
    """The mail with a code, in the person's language; `told` as `auth.issue_reset_code` gives it."""
    language = told["language"]
    company = told[f"company_{language}"] or told["company_zh"] or "Tenon"
    words = {"company": " ".join(company.split()), "name": told[f"name_{language}"]} | {
        key: told[key] for key in ("code", "minutes", "login")
    }
    message = EmailMessage()
    try:
        message["To"] = Address(addr_spec=told["address"])
    except (ValueError, IndexError) as error:
        raise MailRefused("the address of the account is none") from error
    message["From"] = Address(words["company"], addr_spec=sender.addr_spec)
    message["Subject"] = _SUBJECTS[language].format(**words)
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_TEXTS[language].format(**words))
    return message


def send(server: MailServer, message: EmailMessage) -> None:
    """Hand one mail to the mail server. MailUnavailable, MailRefused."""
    try:
        with _connected(server) as smtp:
            if server.login:
                smtp.login(server.login, server.password)
            smtp.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        ((code, said),) = error.recipients.values()
        failure = MailRefused if code >= 500 else MailUnavailable
        raise failure(f"it takes nothing for this address: {code} {_text(said)}") from None
    except smtplib.SMTPNotSupportedError as error:
        raise MailUnavailable(str(error)) from None
    except smtplib.SMTPResponseException as error:
        raise MailUnavailable(f"{error.smtp_code} {_text(error.smtp_error)}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise MailUnavailable(_text(str(error)) or type(error).__name__) from None


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=server.root_certificate)
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    if server.tls == "starttls":
        try:
            smtp.starttls(context=context)
        except BaseException:
            smtp.close()
            raise
    return smtp


def _text(said: bytes | str) -> str:
    """What a server said, on one line."""
    return " ".join((said.decode(errors="replace") if isinstance(said, bytes) else said).split())[:200]
