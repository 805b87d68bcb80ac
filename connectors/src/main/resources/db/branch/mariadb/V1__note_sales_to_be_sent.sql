-- A table that is there already is taken as it is; its rows are all still to be sent.
-- Each statement commits by itself: whoever is killed in between begins again from the top.
create table if not exists sales (
  id bigint auto_increment primary key,
  date date not null,
  region varchar(255) not null,
  product varchar(255) not null,
  quantity int not null,
  cost decimal(19, 4) not null,
  amount decimal(19, 4) not null,
  tax decimal(19, 4) not null,
  total decimal(19, 4) not null
) engine = InnoDB character set utf8mb4;
alter table sales add column if not exists version bigint not null default 1;

create table if not exists sales_outbox (
  seq bigint auto_increment primary key,
  sale_id bigint not null
) engine = InnoDB;
create table if not exists sales_refused (
  sale_id bigint primary key,
  version bigint not null,
  reason varchar(1000) not null,
  refused_at datetime not null
) engine = InnoDB character set utf8mb4;

-- A sale keeps its id: with another one its version would be null, which is refused.
create trigger if not exists sales_version before update on sales for each row
  set new.version = if(new.id = old.id, old.version + 1, null);
create trigger if not exists sales_note_new after insert on sales for each row
  insert into sales_outbox (sale_id) values (new.id);
create trigger if not exists sales_note_changed after update on sales for each row
  insert into sales_outbox (sale_id) values (new.id);
create trigger if not exists sales_keep before delete on sales for each row
  signal sqlstate '45000' set message_text = 'a sale is corrected, not deleted: set its quantity to 0';

-- Behind the triggers: a row that came before them is here, one that came after them was noted.
insert into sales_outbox (sale_id)
  select id from sales where id not in (select sale_id from sales_outbox) order by id;
