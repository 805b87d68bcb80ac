package io.replog.client.shell;

import io.replog.client.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// Lines that somebody types, with history and completion. The only class that knows JLine.
final class TypedLines implements Lines {

  private static final int MAX_HISTORY_LINES = 2_000;

  private final Terminal terminal;
  private final LineReader reader;

  /// Who carries a line out at this moment.
  private @Nullable Thread busy;

  private TypedLines(Terminal terminal, LineReader reader) {
    this.terminal = terminal;
    this.reader = reader;
    terminal.handle(Signal.INT, _ -> interrupt());
  }

  /// @param history where lines are remembered, empty for not at all
  static TypedLines open(Completion completion, Optional<Path> history) {
    try {
      Terminal terminal =
          TerminalBuilder.builder().system(true).encoding(StandardCharsets.UTF_8).build();
      LineReader reader = reader(terminal, completer(completion));
      if (history.isPresent()) {
        remember(reader, history.get());
      }
      return new TypedLines(terminal, reader);
    } catch (IOException failed) {
      throw Failure.refused("this terminal cannot be used: " + failed.getMessage());
    }
  }

  /// Nothing of a line means anything to the editor: no quote, no backslash, no exclamation mark.
  private static LineReader reader(Terminal terminal, Completer completer) {
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .completer(completer)
        .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
        .option(Option.DISABLE_EVENT_EXPANSION, true)
        .option(Option.HISTORY_REDUCE_BLANKS, false)
        .variable(LineReader.HISTORY_SIZE, MAX_HISTORY_LINES)
        .variable(LineReader.HISTORY_FILE_SIZE, MAX_HISTORY_LINES)
        .build();
  }

  /// JLine reads the file at once here; a damaged one makes it throw whatever it stumbles over.
  private static void remember(LineReader reader, Path history) throws IOException {
    reader.setVariable(LineReader.HISTORY_FILE, history);
    try {
      reader.getHistory().attach(reader);
    } catch (RuntimeException _) {
      Path aside = HistoryFile.putAside(history);
      reader.getTerminal().writer().println("What was typed before cannot be read: see " + aside);
    }
  }

  private static Completer completer(Completion completion) {
    return (_, line, candidates) -> {
      List<String> before = line.words().subList(0, line.wordIndex());
      String begun = line.word().substring(0, line.wordCursor());
      completion.of(before, begun).forEach(word -> candidates.add(new Candidate(word)));
    };
  }

  @Override
  public @Nullable String next(String prompt) {
    while (true) {
      try {
        return reader.readLine(prompt);
      } catch (UserInterruptException _) {
        continue;
      } catch (EndOfFileException _) {
        return null;
      }
    }
  }

  @Override
  public void carryOut(String line, Consumer<String> action) {
    begin();
    try {
      action.accept(line);
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    busy = Thread.currentThread();
  }

  /// From here on no Ctrl-C interrupts any more, and one that came too late is forgotten.
  private synchronized void end() {
    busy = null;
    Thread.interrupted();
  }

  private synchronized void interrupt() {
    Thread thread = busy;
    if (thread != null) {
      terminal.writer().println();
      terminal.flush();
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
