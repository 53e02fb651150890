-- A token may be a person's: it opens /Me (RFC 7644 §3.11), which is then the user with this id. No foreign key: the token
-- outlives the user, and then opens nothing.
alter table token add column user_id uuid;
