-- Each statement commits by itself: whoever is killed in between begins again from the top.
create table if not exists sales (
  source_branch varchar(63) character set ascii collate ascii_bin not null,
  original_sale_id bigint not null,
  version bigint not null,
  date date not null,
  region varchar(255) not null,
  product varchar(255) not null,
  quantity int not null,
  cost decimal(19, 4) not null,
  amount decimal(19, 4) not null,
  tax decimal(19, 4) not null,
  total decimal(19, 4) not null,
  log_index bigint not null,
  primary key (source_branch, original_sale_id),
  constraint sales_total check (total = amount + tax)
) engine = InnoDB character set utf8mb4;

-- One row: up to where in which log everything is in these tables.
create table if not exists log_position (
  id int primary key,
  log_id varchar(128),
  applied_index bigint not null
) engine = InnoDB;
insert into log_position (id, log_id, applied_index)
  select 1, null, 0 from (select 1) as one where not exists (select 1 from log_position);

-- What could not be taken, as it stood in the log.
create table if not exists dead_letters (
  log_index bigint primary key,
  log_key varchar(128) not null,
  reason varchar(1000) not null,
  text longtext not null,
  failed_at datetime not null
) engine = InnoDB character set utf8mb4;
