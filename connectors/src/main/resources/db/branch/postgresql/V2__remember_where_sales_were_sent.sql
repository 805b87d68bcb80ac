-- One row: to which log the sales were sent, and the highest index that it gave one of them.
create table if not exists sales_sent (
  id int primary key,
  log_id varchar(128),
  last_index bigint not null
);
insert into sales_sent (id, log_id, last_index)
  select 1, null, 0 from (select 1) as one where not exists (select 1 from sales_sent);
