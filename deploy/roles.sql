-- The database and its two roles: docs/how-to/run-for-real.md. Put passwords of your own in place of these words.
CREATE ROLE bosett_owner LOGIN PASSWORD 'write-the-owners-password';
CREATE ROLE bosett_app LOGIN PASSWORD 'write-the-applications-password';
CREATE DATABASE bosett OWNER bosett_owner ENCODING 'UTF8' TEMPLATE template0;
