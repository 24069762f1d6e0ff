alter table mail add column link_id uuid; -- a traveller may be sent several links for one charge
drop index mail_once;
create unique index mail_once on mail (booking_id, kind, charge_no, refund_id, link_id) nulls not distinct
    where booking_id is not null;
