package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Changed inputs by the thousand for every decoder, seeded: `-Dfuzz.seed=S` repeats a run,
/// `-Dfuzz.seconds=N` makes it as long as you like.
class DecoderFuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final long SECONDS = Long.getLong("fuzz.seconds", 1);
  private static final int LEAST_ROUNDS = 20_000;

  @Test
  void acceptsOnlyRecordsThatWereWritten() {
    fuzz(DecoderTargets.validRecords(), DecoderTargets::record);
  }

  @Test
  void acceptsOnlySegmentHeadersThatWereWritten() {
    SegmentHeader header = new SegmentHeader("replog", "a-log", new Position(6, 3, 77));
    fuzz(List.of(header.encode().array()), DecoderTargets::segmentHeader);
  }

  @Test
  void refusesDamagedMetaInWords() {
    Meta meta = Meta.fresh("replog", "master").withPromise(new Promise(3, "start", "log"));
    String whole = new String(meta.encode(), StandardCharsets.UTF_8);
    String open = whole.substring(0, whole.lastIndexOf(",\"crc32c\""));
    fuzz(List.of(meta.encode(), open.getBytes(StandardCharsets.UTF_8)), DecoderTargets::meta);
  }

  @Test
  void readsAnyCommitFile() {
    ByteBuffer file = ByteBuffer.allocate(1024);
    file.putInt(0x52504C43).putInt(1).putLong(5).putLong(3).putLong(4);
    file.position(512).putInt(0x52504C43).putInt(1).putLong(6).putLong(4).putLong(5);
    fuzz(List.of(file.array()), DecoderTargets::commitFile);
  }

  @Test
  void acceptsOnlySealsThatWereWritten() {
    Position before = new Position(6, 3, 77);
    SparseIndex index = new SparseIndex();
    index.offer(512, before);
    Position end = new Position(9, 4, 78);
    Seal seal = new Seal(1_234, 4_096, before, before, end, 512, 700, 8, 7, 5, index);
    byte[] whole = seal.encode().array();
    byte[] open = Arrays.copyOf(whole, whole.length - Integer.BYTES);
    fuzz(List.of(open, whole), DecoderTargets::seal);
  }

  @Test
  void allocatesNoMoreThanTheLargestRecordForAnyLength() {
    byte[] input = DecoderTargets.validRecords().getLast();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int length : new int[] {1 << 20, 64 << 20, (64 << 20) + 1, Integer.MAX_VALUE, -1}) {
      byte[] lying = input.clone();
      ByteBuffer.wrap(lying).putInt(5, length);
      long before = threads.getCurrentThreadAllocatedBytes();

      DecoderTargets.record(lying);

      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      boolean possible = length >= 0 && length <= RecordHeader.MAX_BODY_BYTES;
      assertThat(allocated).as("%d", length).isLessThan((possible ? length : 0) + (1 << 20));
    }
  }

  /// The negative control: without the checksum of the body a changed text goes unnoticed, and the
  /// same inputs show it.
  @Test
  void findsDecoderThatDoesNotCheckTheBody() {
    Consumer<byte[]> planted =
        input -> {
          if (input.length > 0) {
            byte[] records = Arrays.copyOfRange(input, 1, input.length);
            DecoderTargets.readOne(records, (_, _, _) -> true);
          }
        };

    assertThatThrownBy(() -> fuzz(DecoderTargets.validRecords(), planted))
        .hasCauseInstanceOf(DecoderTargets.Violation.class);
  }

  private static void fuzz(List<byte[]> seeds, Consumer<byte[]> target) {
    seeds.forEach(target);
    Mutations mutations = new Mutations(seeds, new SplittableRandom(SEED));
    long started = System.nanoTime();
    for (long round = 0;
        round < LEAST_ROUNDS || System.nanoTime() - started < SECONDS * 1_000_000_000L;
        round++) {
      byte[] input = mutations.next();
      try {
        target.accept(input);
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError(
            "seed %d, round %d: %s".formatted(SEED, round, HexFormat.of().formatHex(input)),
            broken);
      }
    }
  }
}
