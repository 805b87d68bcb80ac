package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of `docs/log-format.md`, line by line. The last good record is #5.
class TailVerdictTest {

  @ParameterizedTest
  @CsvSource({
    "true,  5, 0, false, false, CLEAN",
    "true,  0, 0, false, false, CLEAN",
    "true,  6, 0, false, false, CORRUPT",
    "false, 5, 5, false, false, TORN",
    "false, 5, 5, false, true,  TORN",
    "false, 6, 0, false, true,  CORRUPT",
    "false, 0, 6, false, true,  CORRUPT",
    "false, 5, 5, true,  true,  TORN",
    "false, 5, 5, true,  false, CORRUPT",
    "false, 6, 5, true,  true,  CORRUPT",
    "false, 5, 6, true,  true,  CORRUPT",
  })
  void decidesByWatermarkAndEvidence(
      boolean blank,
      long knownDurable,
      long watermark,
      boolean recordBehind,
      boolean unwrittenSector,
      TailVerdict expected) {
    TailFacts facts =
        new TailFacts(1000, recordBehind, unwrittenSector, watermark, 0, TailFacts.NONE);

    assertThat(TailVerdict.of(5, blank, knownDurable, facts)).isEqualTo(expected);
  }
}
