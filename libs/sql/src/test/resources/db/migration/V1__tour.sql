create table tour (id int primary key, seats int not null check (seats >= 0));
