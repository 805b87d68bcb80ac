package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
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

  private final Console console;

  @Mixin private final Target target;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "The message; - reads it from standard input, without the last line break.")
  private @Nullable String text;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = {
        "Adds every line of a file, or of standard input (-), in one call instead: as text, or"
            + " with",
        "--ndjson as JSON such as {\"data\":\"msg1\",\"key\":\"k1\"}."
      })
  private @Nullable String file;

  @Option(names = "--ndjson", description = "The lines of --file are JSON.")
  private boolean ndjson;

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

  AddCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    Duration limit = AddTimeout.parse(timeout);
    AddResult result = file == null ? addOne(required(text), limit) : addAll(file, limit);
    show(result);
    return result.outcome().exitCode();
  }

  private AddResult addOne(String message, @Nullable Duration limit) {
    AddRequest request = new AddRequest(message(message), concern, limit, key);
    return send(
        request.toHttp(target.master()),
        (answer, seconds) -> AddResult.of(answer, seconds, holders(answer)));
  }

  private Holders holders(HttpResponse<String> answer) {
    Holders told = json ? Holders.UNKNOWN : Holders.of(target.http(), answer);
    return told.clusterSize().isPresent() ? told : new Holders(told.names(), target.clusterSize());
  }

  private AddResult addAll(String name, @Nullable Duration limit) {
    if (text != null || key != null) {
      throw Failure.usage("--file goes with neither TEXT nor --key; JSON lines may have keys");
    }
    try (InputStream content = name.equals("-") ? console.in() : open(name)) {
      InputStream lines = ndjson ? content : new TextLines(content);
      BulkAddRequest request = new BulkAddRequest(lines, concern, limit);
      return send(request.toHttp(target.master()), AddResult::ofBulk);
    } catch (IOException failed) {
      throw Failure.usage("%s cannot be closed: %s".formatted(name, failed.getMessage()));
    }
  }

  private static InputStream open(String name) {
    try {
      return Files.newInputStream(Path.of(name));
    } catch (IOException | InvalidPathException failed) {
      throw Failure.usage("%s cannot be read: %s".formatted(name, failed.getMessage()));
    }
  }

  private AddResult send(
      HttpRequest request, BiFunction<HttpResponse<String>, Double, AddResult> result) {
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer = target.http().send(request, BodyHandlers.ofString());
      return result.apply(answer, secondsSince(start));
    } catch (IOException failed) {
      double seconds = secondsSince(start);
      return Thread.currentThread().isInterrupted()
          ? AddResult.givenUp(seconds)
          : AddResult.of(request.uri(), failed, seconds);
    }
  }

  private static String required(@Nullable String message) {
    if (message == null) {
      throw Failure.usage("what is to be added? give TEXT, - or --file FILE");
    }
    return message;
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

  private String message(String given) {
    String message = given.equals("-") ? standardInput() : given;
    if (!given.equals("-") && message.indexOf('\uFFFD') >= 0) {
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
