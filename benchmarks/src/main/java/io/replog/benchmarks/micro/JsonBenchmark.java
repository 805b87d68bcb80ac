package io.replog.benchmarks.micro;

import io.replog.model.Envelope;
import io.replog.node.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The body of an add read with the mapper of the nodes, and the body of its answer written.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonBenchmark {

  private final JsonMapper mapper = StrictJson.mapper(1 << 20);
  private final byte[] body =
      "{\"data\":\"%s\",\"write_concern\":2}"
          .formatted(Samples.TEXT)
          .getBytes(StandardCharsets.UTF_8);
  private final Envelope<String> answer = Envelope.ok("Message added successfully", null);

  @Benchmark
  public JsonNode readAdd() {
    return mapper.readTree(body);
  }

  @Benchmark
  public byte[] writeAnswer() {
    return mapper.writeValueAsBytes(answer);
  }
}
