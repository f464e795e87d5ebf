"""The mails of the data folder, for the page that shows them where no mail server is set."""

from catalogue.storage.mail_folder import StoredMail, load_mails

__all__ = ["StoredMail", "load_mails"]
