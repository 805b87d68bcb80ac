package io.replog.client.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest extends RemoteTest {

  private static final Map<String, String> KEY = Map.of("REPLOG_API_KEY", "key-from-environment");

  @Test
  void sendsKeyOfEnvironment() {
    node.stubFor(get(anyUrl()).willReturn(ok()));

    replogWith(KEY, "list");

    node.verify(
        getRequestedFor(anyUrl())
            .withHeader("Authorization", equalTo("Bearer key-from-environment")));
  }

  @Test
  void sendsKeyOfFileRatherThanThatOfEnvironment() throws Exception {
    Path file = Files.writeString(root.resolve("key"), "key-from-file\n");
    node.stubFor(get(anyUrl()).willReturn(ok()));

    replogWith(KEY, "list", "--api-key-file", file.toString());

    node.verify(
        getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer key-from-file")));
  }

  @Test
  void sendsNoKeyWhereThereIsNone() {
    node.stubFor(get(anyUrl()).willReturn(ok()));

    replogWith(Map.of(), "list");

    node.verify(getRequestedFor(anyUrl()).withHeader("Authorization", absent()));
  }

  @Test
  void refusesKeyThatCannotBeSent() throws Exception {
    Path file = Files.writeString(root.resolve("key"), "two\nlines\n");

    Invocation run = replogWith(Map.of(), "list", "--api-key-file", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("visible ASCII").doesNotContain("lines");
  }

  @Test
  void adoptsWithKeyOfAdminAndConfirms() {
    node.stubFor(post(anyUrl()).willReturn(ok("{\"message\":\"taken over\"}")));

    Invocation run = replogWith(KEY, "adopt", "--yes");

    assertThat(run.exitCode()).isZero();
    node.verify(
        postRequestedFor(urlEqualTo("/cluster/adopt?confirm=adopt"))
            .withHeader("Cluster-Token", absent()));
  }

  @Test
  void saysWhichAuthorityFileCannotBeUsed() throws Exception {
    Path file = Files.writeString(root.resolve("ca.crt"), "no certificate\n");

    Invocation run = replogWith(Map.of(), "list", "--ca", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("replog: TLS cannot be used");
  }

  private Invocation replogWith(Map<String, String> environment, String... arguments) {
    String[] line = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    line[arguments.length] = "--master";
    line[arguments.length + 1] = node.baseUrl();
    return Invocation.run(root, environment, line);
  }
}
