package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Adds a message and says how many nodes hold it.
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Adds a message; returns when as many nodes hold it as -w asks for.",
      "Exit codes: 0 appended, 3 not appended, 4 appended but not yet held by as many, or unknown."
    })
final class AddCommand implements Callable<Integer> {

  private static final int MAX_INPUT_BYTES = 64 * 1024 * 1024;
  private static final long MAX_TIMEOUT_MILLIS = 86_400_000;

  private final Console console;

  @Mixin private final Target target;

  @Parameters(
      paramLabel = "TEXT",
      description = "The message; - reads it from standard input, without the last line break.")
  private String text = "";

  @Option(
      names = {"-w", "--write-concern"},
      paramLabel = "N",
      description = "How many nodes must hold it, the master included: 1, 2, ..., majority, all.")
  private @Nullable String concern;

  @Option(
      names = "--timeout",
      paramLabel = "D",
      description = "How long to wait for them, such as 500ms or 5s; otherwise without limit.")
  private @Nullable String timeout;

  @Option(
      names = "--key",
      paramLabel = "K",
      description = "Idempotency key: repeated adds with the same key append once.")
  private @Nullable String key;

  @Option(names = "--json", description = "Print one JSON line.")
  private boolean json;

  AddCommand(Home home, Console console) {
    this.console = console;
    this.target = new Target(home);
  }

  @Override
  public Integer call() {
    Duration limit =
        timeout == null ? null : DurationOption.parse("--timeout", timeout, MAX_TIMEOUT_MILLIS);
    AddRequest request = new AddRequest(message(), concern, limit, key);
    AddResult result = send(request.toHttp(target.master()));
    show(result);
    return result.outcome().exitCode();
  }

  private AddResult send(HttpRequest request) {
    long start = System.nanoTime();
    try {
      var answer = target.http().send(request, BodyHandlers.ofString());
      return AddResult.of(answer, secondsSince(start), target.clusterSize());
    } catch (IOException failed) {
      return AddResult.of(request.uri(), failed, secondsSince(start));
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void show(AddResult result) {
    String sentence = Printable.escape(result.sentence());
    if (json) {
      console.print(result.json().toString());
      return;
    }
    switch (result.outcome()) {
      case APPENDED -> console.print(console.green(sentence));
      case PENDING, UNKNOWN -> console.note(console.yellow("replog: " + sentence));
      case REFUSED, UNAVAILABLE -> console.note(console.red("replog: " + sentence));
    }
  }

  private String message() {
    String message = text.equals("-") ? standardInput() : text;
    if (!text.equals("-") && message.indexOf('\uFFFD') >= 0) {
      throw Failure.usage(
          "the text cannot be read in this locale; set LC_ALL to one with UTF-8, or use: add -");
    }
    return message;
  }

  private String standardInput() {
    try {
      byte[] input = console.in().readNBytes(MAX_INPUT_BYTES + 1);
      if (input.length > MAX_INPUT_BYTES) {
        throw Failure.usage("the message on standard input is longer than 64 MiB");
      }
      String read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input)).toString();
      return read.endsWith("\n") ? read.substring(0, read.length() - 1) : read;
    } catch (CharacterCodingException _) {
      throw Failure.usage("the message on standard input is not UTF-8");
    } catch (IOException failed) {
      throw Failure.usage("standard input cannot be read: " + failed.getMessage());
    }
  }
}
