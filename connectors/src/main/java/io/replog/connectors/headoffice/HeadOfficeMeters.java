package io.replog.connectors.headoffice;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.connectors.work.WorkMeters;
import org.springframework.stereotype.Component;

/// `replog_head_office_applied_index` and `replog_head_office_dead_letters`, not a number while its
/// database is away; and what [WorkMeters] tells of it.
@Component
final class HeadOfficeMeters implements MeterBinder {

  private final OwnHeadOffice own;

  HeadOfficeMeters(OwnHeadOffice own) {
    this.own = own;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    own.find().ifPresent(headOffice -> bind(meters, headOffice));
  }

  private static void bind(MeterRegistry meters, HeadOffice headOffice) {
    WorkMeters.bind(meters, HeadOffice.NAME, headOffice.worker());
    Gauge.builder(
            "replog.head.office.applied.index",
            headOffice,
            one -> one.appliedIndex().orElse(Double.NaN))
        .description("Index up to which the log is in the head office's tables")
        .register(meters);
    Gauge.builder(
            "replog.head.office.dead.letters",
            headOffice,
            one -> one.deadLetters().orElse(Double.NaN))
        .description("Entries that were put aside because they could not be applied")
        .register(meters);
  }
}
