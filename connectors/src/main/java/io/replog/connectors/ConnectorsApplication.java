package io.replog.connectors;

import io.replog.connectors.settings.ConnectorsSettings;
import io.replog.node.problem.Printable;
import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.EnvFile;
import io.replog.node.settings.UnusableException;
import io.replog.node.settings.Variables;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/// Starts the connectors: each of them is on when the variable that it cannot do without is set.
@SpringBootApplication(
    proxyBeanMethods = false,
    scanBasePackages = {"io.replog.connectors", "io.replog.node.problem", "io.replog.node.json"})
public class ConnectorsApplication {

  private static final int UNUSABLE = 2;
  private static final int BROKEN = 1;
  private static final int MAX_CAUSES = 32;

  public static void main(String[] args) {
    try {
      start(new Variables(EnvFile.under(System.getenv(), Path.of(".env"))));
    } catch (Throwable failure) {
      end(failure);
    }
  }

  /// Starts the connectors in this process.
  ///
  /// @param variables named values, which every connector reads its own from
  /// @param properties further Spring properties, `name=value`
  public static ConfigurableApplicationContext start(Variables variables, String... properties) {
    ConnectorsSettings settings = ConnectorsSettings.read(variables);
    SpringApplication spring = new SpringApplication(ConnectorsApplication.class);
    spring.addInitializers(
        context -> {
          context.getBeanFactory().registerSingleton("variables", variables);
          context.getBeanFactory().registerSingleton("connectorsSettings", settings);
        });
    Stream<String> ours =
        Stream.of("server.port=" + settings.port(), "server.address=" + settings.bindAddress());
    return spring.run(
        Stream.concat(ours, Stream.of(properties)).map("--"::concat).toArray(String[]::new));
  }

  private static void end(Throwable failure) {
    String line = line(failure);
    if (line == null) {
      LoggerFactory.getLogger("replog").error("the connectors did not start", failure);
    } else {
      System.err.println(Printable.onOneLine(line));
    }
    System.exit(line == null ? BROKEN : UNUSABLE);
  }

  private static @Nullable String line(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(MAX_CAUSES)
        .map(ConnectorsApplication::known)
        .filter(line -> line != null)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String known(Throwable cause) {
    return switch (cause) {
      case BadSettingException bad -> bad.getMessage();
      case UnusableException unusable -> unusable.getMessage();
      case PortInUseException taken ->
          "CONNECTORS_PORT=%d cannot be used: another program listens on it; it must be a free port from 0 to 65535"
              .formatted(taken.getPort());
      default -> null;
    };
  }
}
