-- Outages of payment, as payment told of them.
create table outage (
    outage_id uuid        primary key,
    since     timestamptz not null,
    until     timestamptz                             -- null while it lasts
);

-- Who asked to be told when booking is possible again. A row goes when its mail is done.
create table asking (
    asking_id uuid        primary key,
    outage_id uuid        not null references outage,
    user_id   text,                                   -- somebody who is signed in,
    email     text,                                   -- or a guest who left an address
    language  text        check (language in ('FR', 'EN')),
    asked_at  timestamptz not null default clock_timestamp(),
    check (num_nonnulls(user_id, email) = 1)
);
-- However often somebody asks.
create unique index asking_once on asking (outage_id, user_id, lower(email)) nulls not distinct;

-- A mail is about a booking, or it answers somebody who asked; its promise, once each, holds for both.
alter table mail
    alter column booking_id drop not null,
    alter column user_id drop not null,               -- a guest is known by their asking only
    alter column tour_title drop not null,
    alter column starts_at drop not null,
    alter column timezone drop not null,
    alter column people drop not null,
    alter column amount drop not null,
    alter column currency drop not null,
    add column asking_id uuid,
    add check (num_nonnulls(booking_id, asking_id) = 1),
    add check (booking_id is null or num_nulls(user_id, tour_title, starts_at, timezone, people, amount, currency) = 0);
drop index mail_once;
create unique index mail_once on mail (booking_id, kind, charge_no, refund_id) nulls not distinct
    where booking_id is not null;
create unique index mail_of_asking on mail (asking_id) where asking_id is not null;
