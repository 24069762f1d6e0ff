-- A part of what was paid goes back at booking's wish, from one charge or several: once, however often the wish is heard.
alter table refund add column request_id uuid; -- null: the rest of a charge that was taken back
create unique index refund_of_request on refund (request_id, payment_id) where request_id is not null;
