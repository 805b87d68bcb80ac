package io.replog.node.start;

import io.replog.log.LogRefusedException;
import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.UnusableException;
import io.replog.node.shutdown.FailStop;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/// Why a node did not start.
///
/// @param exitCode of the process
/// @param line for people; null when the cause is unforeseen and only its trace helps
record StartFailure(int exitCode, @Nullable String line) {

  private static final int MAX_CAUSES = 32;

  static StartFailure of(Throwable failure, @Nullable NodeSettings settings) {
    return causes(failure).stream()
        .map(cause -> Optional.ofNullable(line(cause, settings)))
        .flatMap(Optional::stream)
        .findFirst()
        .map(line -> new StartFailure(FailStop.UNUSABLE, line))
        .orElseGet(() -> new StartFailure(FailStop.BROKEN, null));
  }

  private static @Nullable String line(Throwable cause, @Nullable NodeSettings settings) {
    return switch (cause) {
      case BadSettingException bad -> bad.getMessage();
      case UnusableException unusable -> unusable.getMessage();
      case LogRefusedException refused when settings != null ->
          "DATA_DIR=%s cannot be used: %s"
              .formatted(settings.dataDirectory(), refused.getMessage());
      case PortInUseException taken when settings != null -> portInUse(taken.getPort(), settings);
      case BindException bind when settings != null -> cannotListen(settings, bind);
      default -> null;
    };
  }

  private static String portInUse(int port, NodeSettings settings) {
    Integer managementPort = settings.managementPort();
    boolean management =
        managementPort != null && managementPort == port && port != settings.port();
    return "%s=%d cannot be used: another program listens on it; it must be a free port from 0 to 65535"
        .formatted(management ? "MANAGEMENT_PORT" : settings.portVariable(), port);
  }

  private static String cannotListen(NodeSettings settings, BindException bind) {
    return isOfThisMachine(settings.bindAddress())
        ? "%s=%d cannot be used: it must be a port that is free and may be listened on (%s)"
            .formatted(settings.portVariable(), settings.port(), bind.getMessage())
        : "BIND_ADDRESS=%s cannot be used: it must be an address of this machine (%s)"
            .formatted(settings.bindAddress(), bind.getMessage());
  }

  private static boolean isOfThisMachine(String address) {
    try {
      InetAddress wanted = InetAddress.getByName(address);
      return wanted.isAnyLocalAddress()
          || wanted.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(wanted) != null;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Throwable at = failure;
    while (at != null && causes.size() < MAX_CAUSES) {
      causes.add(at);
      at = at.getCause();
    }
    return causes;
  }
}
