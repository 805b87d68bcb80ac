package io.replog.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Adds messages of which each is the moment of its sending, as [System#nanoTime] says it: who
/// reads one in this process knows how old it is.
public final class ClockedAdd implements Protocol {

  private final int writeConcern;
  private final Protocol answers;

  /// @param writeConcern how many nodes must hold a message before it is answered
  public ClockedAdd(int writeConcern) {
    this.writeConcern = writeConcern;
    this.answers = HttpProtocol.add("", writeConcern);
  }

  @Override
  public ByteBuffer request() {
    return HttpProtocol.add(Long.toString(System.nanoTime()), writeConcern).request();
  }

  @Override
  public @Nullable Answer take(ByteBuffer received) throws IOException {
    return answers.take(received);
  }
}
