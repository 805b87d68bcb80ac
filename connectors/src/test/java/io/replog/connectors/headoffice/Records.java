package io.replog.connectors.headoffice;

import io.replog.connectors.log.LogPage;
import io.replog.connectors.log.LogRecord;
import io.replog.connectors.log.NewMessage;
import io.replog.connectors.sale.Sale;
import io.replog.connectors.sale.SaleEntry;
import io.replog.node.json.StrictJson;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Entries of the log for tests.
final class Records {

  static final JsonMapper JSON = StrictJson.mapper(1 << 20);

  private Records() {}

  static LogPage page(String log, LogRecord... records) {
    return new LogPage(log, records[records.length - 1].index(), List.of(records));
  }

  static LogRecord sale(long index, String branch, long id, long version, String product) {
    Sale sale =
        new Sale(
            id,
            version,
            LocalDate.of(2026, 11, 20),
            "West",
            product,
            3,
            new BigDecimal("1.2000"),
            new BigDecimal("3.6000"),
            new BigDecimal("0.0000"),
            new BigDecimal("3.6000"));
    NewMessage message = new SaleEntry(branch, sale).toMessage(JSON);
    return new LogRecord(index, 1, "t", message.key(), message.text());
  }
}
