package io.replog.connectors.headoffice;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.util.Optional;

/// The head office of this process, where it has one: branches may also send from processes of
/// their own.
public final class OwnHeadOffice implements AutoCloseable {

  private final Optional<HeadOffice> headOffice;

  OwnHeadOffice(Optional<HeadOffice> headOffice) {
    this.headOffice = headOffice;
  }

  /// To be called once.
  public void begin() {
    headOffice.ifPresent(HeadOffice::begin);
  }

  public Optional<HeadOffice> find() {
    return headOffice;
  }

  /// @throws Refusal if there is none
  HeadOffice get() {
    return headOffice.orElseThrow(
        () ->
            Refusal.of(ProblemType.NOT_FOUND, "there is no head office here: set HEAD_OFFICE_URL"));
  }

  @Override
  public void close() {
    headOffice.ifPresent(HeadOffice::close);
  }
}
