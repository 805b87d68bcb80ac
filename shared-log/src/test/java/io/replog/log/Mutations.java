package io.replog.log;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes new inputs of old ones: flipped bits, overwritten, doubled, lost and foreign bytes.
final class Mutations {

  private static final int MOST_CHANGES = 4;
  private static final int LONGEST_PIECE = 16;
  private static final byte[] TELLING = {0, 1, -1, Byte.MIN_VALUE, Byte.MAX_VALUE, '"', '\\', 'u'};

  private final List<byte[]> seeds;
  private final RandomGenerator random;

  Mutations(List<byte[]> seeds, RandomGenerator random) {
    this.seeds = seeds;
    this.random = random;
  }

  byte[] next() {
    byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
    for (int change = random.nextInt(MOST_CHANGES) + 1; change > 0; change--) {
      input = input.length == 0 ? new byte[] {(byte) random.nextInt()} : changed(input);
    }
    return input;
  }

  private byte[] changed(byte[] input) {
    int at = random.nextInt(input.length);
    int length = Math.min(random.nextInt(LONGEST_PIECE) + 1, input.length - at);
    switch (random.nextInt(5)) {
      case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> input[at] = (byte) random.nextInt();
      case 2 -> Arrays.fill(input, at, at + length, TELLING[random.nextInt(TELLING.length)]);
      case 3 -> {
        return spliced(input, at + length, at);
      }
      default -> {
        return spliced(input, at, at + length);
      }
    }
    return input;
  }

  /// Everything before `end`, then everything from `start` on: a piece is doubled or lost.
  private static byte[] spliced(byte[] input, int end, int start) {
    byte[] result = Arrays.copyOf(input, end + input.length - start);
    System.arraycopy(input, start, result, end, input.length - start);
    return result;
  }
}
