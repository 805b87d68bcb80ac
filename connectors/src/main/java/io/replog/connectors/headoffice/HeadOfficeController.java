package io.replog.connectors.headoffice;

import io.replog.connectors.access.Limit;
import io.replog.connectors.access.WhileOnline;
import io.replog.connectors.headoffice.HeadOfficeReports.DeadLetter;
import io.replog.connectors.headoffice.HeadOfficeReports.HeldSale;
import io.replog.model.Envelope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/head-office`: how far it is, and what it holds.
@RestController
final class HeadOfficeController {

  private final OwnHeadOffice headOffice;

  HeadOfficeController(OwnHeadOffice headOffice) {
    this.headOffice = headOffice;
  }

  @GetMapping("/head-office")
  Envelope<HeadOfficeView> view() {
    return Envelope.ok("Head office fetched successfully", headOffice.get().view());
  }

  @GetMapping("/head-office/sales")
  Envelope<List<HeldSale>> sales(
      @RequestParam("branch") String branch,
      @RequestParam(name = "limit", required = false) @Nullable String limit) {
    return Envelope.ok(
        "Sales fetched successfully",
        WhileOnline.answer(() -> headOffice.get().reports().newest(branch, Limit.parse(limit))));
  }

  @GetMapping("/head-office/dead-letters")
  Envelope<List<DeadLetter>> deadLetters(
      @RequestParam(name = "limit", required = false) @Nullable String limit) {
    return Envelope.ok(
        "Dead letters fetched successfully",
        WhileOnline.answer(() -> headOffice.get().reports().deadLetters(Limit.parse(limit))));
  }
}
