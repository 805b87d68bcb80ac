package io.replog.connectors.branches;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.connectors.access.Limit;
import io.replog.connectors.access.WhileOnline;
import io.replog.connectors.branches.SyncNow.PutAside;
import io.replog.connectors.headoffice.HeadOffice;
import io.replog.connectors.headoffice.HeadOfficeView;
import io.replog.connectors.headoffice.OwnHeadOffice;
import io.replog.connectors.sale.Sale;
import io.replog.model.Envelope;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.Variables;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/branches`: their state, their sales, and the verbs start, stop and sync now.
@RestController
final class BranchController {

  private final Branches branches;
  private final OwnHeadOffice headOffice;
  private final SyncNow syncNow;
  private final boolean faults;

  BranchController(Branches branches, OwnHeadOffice headOffice, Variables variables) {
    this.branches = branches;
    this.headOffice = headOffice;
    this.syncNow = new SyncNow(headOffice);
    this.faults = variables.onOff("FAULTS").orElse(false);
  }

  /// Everything at one moment.
  ///
  /// @param headOffice null where this process has none
  record Overview(
      @JsonProperty("branches") List<BranchView> branches,
      @JsonProperty("head_office") @Nullable HeadOfficeView headOffice) {}

  /// @param intervalMillis null for the one that was set before
  record Start(@JsonProperty("interval_ms") @Nullable Long intervalMillis) {}

  record LineState(@JsonProperty(value = "up", required = true) boolean up) {}

  @GetMapping("/branches")
  Envelope<Overview> all() {
    return Envelope.ok(
        "Branches fetched successfully",
        new Overview(
            branches.all().stream().map(Branch::view).toList(),
            headOffice.find().map(HeadOffice::view).orElse(null)));
  }

  @GetMapping("/branches/{name}")
  Envelope<BranchView> one(@PathVariable("name") String name) {
    return Envelope.ok("Branch fetched successfully", branches.get(name).view());
  }

  @PostMapping("/branches/{name}/start")
  Envelope<BranchView> start(
      @PathVariable("name") String name, @RequestBody(required = false) @Nullable Start wanted) {
    Branch branch = branches.get(name);
    branch.worker().start(interval(branch, wanted));
    return Envelope.ok("Automatic synchronisation started", branch.view());
  }

  @PostMapping("/branches/{name}/stop")
  Envelope<BranchView> stop(@PathVariable("name") String name) {
    Branch branch = branches.get(name);
    branch.worker().stop();
    return Envelope.ok("Automatic synchronisation stopped", branch.view());
  }

  /// Returns when every sale that was there at the call is in the log, and where there is a head
  /// office, in its tables; the message names how many were put aside.
  @PostMapping("/branches/{name}/sync")
  Envelope<BranchView> sync(@PathVariable("name") String name) {
    Branch branch = branches.get(name);
    PutAside putAside = syncNow.run(branch);
    return Envelope.ok(putAside.words(), branch.view());
  }

  @GetMapping("/branches/{name}/sales")
  Envelope<List<Sale>> sales(
      @PathVariable("name") String name,
      @RequestParam(name = "limit", required = false) @Nullable String limit) {
    return Envelope.ok(
        "Sales fetched successfully",
        WhileOnline.answer(() -> branches.get(name).sales().newest(Limit.parse(limit))));
  }

  @GetMapping("/branches/{name}/sales/{id}")
  Envelope<Sale> sale(@PathVariable("name") String name, @PathVariable("id") String id) {
    return WhileOnline.answer(() -> branches.get(name).sales().find(id(id)))
        .map(sale -> Envelope.ok("Sale fetched successfully", sale))
        .orElseThrow(BranchController::noSale);
  }

  @PostMapping("/branches/{name}/sales")
  @ResponseStatus(HttpStatus.CREATED)
  Envelope<Sale> add(@PathVariable("name") String name, @RequestBody NewSale sale) {
    NewSale checked = sale.checked(LocalDate.now());
    Sale added = WhileOnline.answer(() -> branches.get(name).sales().add(checked));
    return new Envelope<>(HttpStatus.CREATED.value(), "Sale added successfully", added);
  }

  @PutMapping("/branches/{name}/sales/{id}")
  Envelope<Sale> change(
      @PathVariable("name") String name, @PathVariable("id") String id, @RequestBody NewSale sale) {
    NewSale checked = sale.checkedChange(LocalDate.now());
    return WhileOnline.answer(() -> branches.get(name).sales().change(id(id), checked))
        .map(changed -> Envelope.ok("Sale changed successfully", changed))
        .orElseThrow(BranchController::noSale);
  }

  private static Refusal noSale() {
    return Refusal.of(ProblemType.NOT_FOUND, "there is no sale of this id");
  }

  /// Cuts the line to a branch, or mends it, to see what happens then.
  @PostMapping("/branches/{name}/line")
  Envelope<BranchView> line(@PathVariable("name") String name, @RequestBody LineState wanted) {
    Branch branch = branches.get(name);
    if (!faults) {
      throw Refusal.of(ProblemType.FORBIDDEN, "faults are off: start with FAULTS=on");
    }
    branch.line().set(wanted.up());
    return Envelope.ok(wanted.up() ? "Line mended" : "Line cut", branch.view());
  }

  private static Duration interval(Branch branch, @Nullable Start wanted) {
    Long millis = wanted == null ? null : wanted.intervalMillis();
    if (millis == null) {
      return Duration.ofMillis(branch.worker().view().intervalMillis());
    }
    if (millis < BranchSettings.SHORTEST_INTERVAL.toMillis()
        || millis > BranchSettings.LONGEST_INTERVAL.toMillis()) {
      throw Refusal.badRequest(
          "interval_ms is %d, it must be from %d to %d"
              .formatted(
                  millis,
                  BranchSettings.SHORTEST_INTERVAL.toMillis(),
                  BranchSettings.LONGEST_INTERVAL.toMillis()));
    }
    return Duration.ofMillis(millis);
  }

  private static long id(String written) {
    if (!written.matches("[1-9]\\d{0,17}")) {
      throw Refusal.badRequest("the id of a sale is a whole number of at least 1");
    }
    return Long.parseLong(written);
  }
}
