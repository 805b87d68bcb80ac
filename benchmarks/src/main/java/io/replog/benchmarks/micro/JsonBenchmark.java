package io.replog.benchmarks.micro;

import io.replog.model.Envelope;
import io.replog.model.Position;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import io.replog.node.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bodies as the nodes read and write them: of an add, of its answer, of a batch between nodes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonBenchmark {

  private static final int BATCH = 512;

  private final JsonMapper mapper = StrictJson.mapper(1 << 20);
  private final byte[] body =
      "{\"data\":\"%s\",\"write_concern\":2}"
          .formatted(Samples.TEXT)
          .getBytes(StandardCharsets.UTF_8);
  private final ReplicateRequest batch = batch();
  private byte[] batchBody = {};
  private final Envelope<String> answer = Envelope.ok("Message added successfully", null);

  @Benchmark
  public JsonNode readAdd() {
    return mapper.readTree(body);
  }

  private static ReplicateRequest batch() {
    List<WireEntry> entries =
        Collections.nCopies(BATCH, new WireEntry(3, 1_795_201_380_000L, null, Samples.TEXT));
    return new ReplicateRequest("replog", "log", 3, "start", Position.START, entries, 0, 0);
  }

  @Setup
  public void encode() {
    batchBody = mapper.writeValueAsBytes(batch);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public ReplicateRequest readEntry() {
    return mapper.readValue(batchBody, ReplicateRequest.class);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] writeEntry() {
    return mapper.writeValueAsBytes(batch);
  }

  @Benchmark
  public byte[] writeAnswer() {
    return mapper.writeValueAsBytes(answer);
  }
}
