package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {

  private static final Entry FIRST = Entry.after(Position.START, 1, 1_000, "k", "m1");

  @Test
  void staysTheSameForEver() {
    assertThat(HexFormat.of().formatHex(encoded(FIRST, 0).array()))
        .isEqualTo(
            "fff1010000000003"
                + "0000000000000001"
                + "0000000000000001"
                + "00000000000003e8"
                + "822f002daa94f599"
                + "0000000000000000"
                + "0000000100000000"
                + "ac3e7ec0"
                + "6b6d31"
                + "adea64e9");
  }

  @Test
  void staysTheSameForEverOfATransaction() {
    Entry entry = Entry.after(Position.START, 1, 1_000, EntryKind.TRANSACTION, "k", "m1");

    assertThat(HexFormat.of().formatHex(encoded(entry, 0).array()))
        .isEqualTo(
            "fff1010000000013"
                + "0000000000000001"
                + "0000000000000001"
                + "00000000000003e8"
                + "5599290f3dee8156"
                + "0000000000000000"
                + "0000000100000010"
                + "c7b1c82c"
                + "6b696e643d7472616e73616374696f6e"
                + "6b6d31"
                + "c14839e1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m1", "\0\n\t", "naïve 🜁", "\uFFFF\u00FF\u00F1"})
  void givesBackWhatWasPut(String text) {
    for (String key : new String[] {null, "", "key"}) {
      givesBack(Entry.after(FIRST.position(), 7, 1_001, key, text));
      givesBack(Entry.after(FIRST.position(), 7, 1_001, EntryKind.TRANSACTION, key, text));
    }
  }

  private static void givesBack(Entry entry) {
    ByteBuffer record = encoded(entry, 1);

    RecordHeader header = RecordHeader.parse(record, 0);

    assertThat(header).isNotNull();
    assertThat(header.recordBytes()).isEqualTo(record.capacity());
    assertThat(header.durableIndex()).isEqualTo(1);
    assertThat(RecordCodec.bodyIsIntact(header, record, 0)).isTrue();
    assertThat(RecordCodec.decode(header, record, 0)).isEqualTo(entry);
    assertThat(RecordCodec.raw(header, record, 0).kind()).isEqualTo(entry.kind());
    assertThat(RecordCodec.raw(header, record, 0).follows(FIRST.position())).isTrue();
  }

  @Test
  void refusesAttributesThatItDoesNotKnow() {
    RecordHeader header = new RecordHeader(9, 1, 1, 1_000, FIRST.chain(), 0, 1, 6);
    ByteBuffer record = ByteBuffer.allocate(header.recordBytes());
    header.put(record);
    record.put("kind=?km1".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> RecordCodec.decode(header, record, 0))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("#1 is of a kind that this program does not know (kind=?)");
  }

  @Test
  void noticesEveryFlippedBit() {
    byte[] record = encoded(FIRST, 0).array();
    for (int bit = 0; bit < 8 * record.length; bit++) {
      byte[] flipped = record.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      ByteBuffer buffer = ByteBuffer.wrap(flipped);

      RecordHeader header = RecordHeader.parse(buffer, 0);

      boolean accepted = header != null && RecordCodec.bodyIsIntact(header, buffer, 0);
      assertThat(accepted).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, RecordHeader.MAX_BODY_BYTES + 1, Integer.MAX_VALUE, 2})
  void refusesLengthsThatCannotBe(int bodyBytes) {
    RecordHeader impossible = new RecordHeader(bodyBytes, 1, 1, 1_000, 0, 0, 3, 0);
    ByteBuffer buffer = ByteBuffer.allocate(RecordHeader.BYTES);
    impossible.put(buffer);

    assertThat(RecordHeader.parse(buffer, 0)).isNull();
  }

  private static ByteBuffer encoded(Entry entry, long durableIndex) {
    RecordCodec.Encoded encoded = RecordCodec.Encoded.of(entry);
    ByteBuffer record = ByteBuffer.allocate(encoded.recordBytes());
    encoded.put(record, durableIndex);
    return record.flip();
  }
}
