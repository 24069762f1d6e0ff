-- Who has a mail, and until when, apart from when it is due: due_at is indexed, and a row whose indexed columns change
-- costs an entry in every index. So claiming a mail and beginning it leave all indexes alone.
alter table mail add column leased_until timestamptz; -- null: nobody has it
