-- When the last request under the key had been answered, so that what became of it is looked for up to then and no further.
alter table payment
    add column key_until timestamptz, -- null: not known, or one may still be on its way
    add column key_until_of int;      -- the key number this is about: a worker of an earlier version moves on without it
