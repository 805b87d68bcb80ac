package io.replog.connectors.rabbit;

import io.replog.broker.StopSignal;
import io.replog.broker.Trouble;
import io.replog.connectors.log.LogClient;
import io.replog.connectors.log.LogPage;
import io.replog.connectors.log.LogRecord;
import io.replog.connectors.log.ReadFailedException;
import io.replog.connectors.rabbit.ConfirmedPublisher.Taken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/// Publishes what a majority of the nodes holds, in the order of the log, and remembers up to where
/// the broker has confirmed it. The position is saved after each page, and before anything else
/// when something fails; who is killed in between publishes that page again and never leaves one
/// out. For one thread.
final class LogToExchange {

  /// How many messages are published again at most when the process is killed.
  static final int PAGE = 256;

  private static final String ROUTING_KEY = "entry";

  private final LogClient log;
  private final ConfirmedPublisher publisher;
  private final PositionFile file;
  private final RabbitSettings.Out settings;
  private final OutMeters meters;
  private final Trouble trouble;
  private final StopSignal stop;

  private @Nullable Position position;
  private @Nullable Position saved;

  LogToExchange(
      LogClient log,
      ConfirmedPublisher publisher,
      PositionFile file,
      RabbitSettings.Out settings,
      OutMeters meters,
      Trouble trouble,
      StopSignal stop) {
    this.log = log;
    this.publisher = publisher;
    this.file = file;
    this.settings = settings;
    this.meters = meters;
    this.trouble = trouble;
    this.stop = stop;
  }

  /// Publishes the next page, if there is one.
  ///
  /// @return where publishing stands now
  OutState turn() {
    OutState state;
    try {
      save();
      state = publishNext();
    } catch (BadPositionException bad) {
      trouble.is(Trouble.of(bad));
      state = OutState.BAD_POSITION;
    } catch (ReadFailedException failed) {
      trouble.is("the log cannot be read: " + failed.getMessage());
      state = OutState.LOG_AWAY;
    } catch (RuntimeException unexpected) {
      trouble.is("unexpected: " + unexpected);
      state = OutState.LOG_AWAY;
    }
    if (!state.isTrouble()) {
      trouble.isOver();
    }
    meters.state(state);
    return state;
  }

  private OutState publishNext() {
    Position known = position == null ? kept() : position;
    long from = known == null ? settings.from() : known.index() + 1;
    LogPage page = page(from);
    if (known != null && !known.logId().equals(page.logId())) {
      throw otherLog(known, page);
    }
    if (known != null && page.lastIndex() < known.index()) {
      throw lostEnd(known, page);
    }
    moveTo(known == null ? new Position(page.logId(), from - 1) : known);
    meters.logEnds(page.lastIndex());
    return page.records().isEmpty() ? OutState.CAUGHT_UP : publish(page);
  }

  private @Nullable Position kept() {
    saved = file.read().orElse(null);
    return saved;
  }

  private LogPage page(long from) {
    try {
      return log.read(from, PAGE);
    } catch (ReadFailedException failed) {
      if (failed.isReleased()) {
        throw new BadPositionException(
            failed.getMessage()
                + "; to go on behind what is gone, delete "
                + settings.position()
                + " and set RABBITMQ_OUT_FROM to the first index that the log keeps");
      }
      throw failed;
    }
  }

  private BadPositionException otherLog(Position known, LogPage page) {
    return new BadPositionException(
        "%s is of log %s and this is log %s; delete it to publish this one, or set LOG_URL to the other"
            .formatted(settings.position(), known.logId(), page.logId()));
  }

  private BadPositionException lostEnd(Position known, LogPage page) {
    return new BadPositionException(
        "%s says that #%d is published, and a majority of the nodes holds log %s only up to #%d; it waits for the rest. If that is lost, delete the file to publish the log again from RABBITMQ_OUT_FROM on"
            .formatted(settings.position(), known.index(), page.logId(), page.lastIndex()));
  }

  private OutState publish(LogPage page) {
    List<LogRecord> records = page.records();
    int done = 0;
    while (done < records.size() && !stop.isGiven()) {
      int end = Math.min(records.size(), done + settings.window());
      Taken taken = publisher.publish(settings.exchange(), ROUTING_KEY, messages(page, done, end));
      done += taken.count();
      confirmed(records, done, taken.count());
      if (!taken.isAll()) {
        return refused(records.get(done), taken);
      }
    }
    save();
    return OutState.PUBLISHING;
  }

  private static List<Message> messages(LogPage page, int first, int end) {
    return page.records().subList(first, end).stream()
        .map(entry -> OutgoingMessage.of(page.logId(), entry))
        .toList();
  }

  private void confirmed(List<LogRecord> records, int done, int count) {
    if (count > 0 && position != null) {
      position = position.at(records.get(done - 1).index());
      meters.published(count);
    }
  }

  private OutState refused(LogRecord next, Taken taken) {
    save();
    meters.failed();
    trouble.is("message %d is not published: %s".formatted(next.index(), taken.failure()));
    return OutState.BROKER_REFUSES;
  }

  private void moveTo(Position next) {
    position = next;
    meters.position(next);
  }

  /// Saves the position unless it is saved; at the end of publishing too. Whoever deletes the file
  /// has it forgotten here too, from then on.
  void save() {
    if (saved != null && file.isGone()) {
      position = null;
      saved = null;
    }
    Position now = position;
    if (now != null && !now.equals(saved)) {
      file.save(now);
      saved = now;
      meters.position(now);
    }
  }
}
