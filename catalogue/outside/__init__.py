"""What leaves the house: mails, webhooks, logins at another service."""
