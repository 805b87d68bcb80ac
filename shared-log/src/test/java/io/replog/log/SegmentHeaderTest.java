package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentHeaderTest {

  private static final SegmentHeader SEVENTH = SegmentHeader.detached("replog", "log", 7);
  private static final int FIRST_INDEX_OFFSET = 16;
  private static final int CRC_OFFSET = 508;

  @Test
  void readsWhatItWrote() {
    assertThat(SegmentHeader.parse(SEVENTH.encode()))
        .isEqualTo(new SegmentHeader.Parsed.Valid(SEVENTH));
  }

  /// With a right checksum: only a forger writes them.
  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void acceptsNoSegmentThatBeginsBeforeTheFirstEntry(long firstIndex) {
    ByteBuffer sector = SEVENTH.encode();
    sector.putLong(FIRST_INDEX_OFFSET, firstIndex);
    sector.putInt(CRC_OFFSET, Checksums.crc32c(sector, 0, CRC_OFFSET));

    assertThat(SegmentHeader.parse(sector)).isInstanceOf(SegmentHeader.Parsed.Damaged.class);
  }
}
