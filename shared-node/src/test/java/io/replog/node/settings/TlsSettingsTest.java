package io.replog.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.node.settings.TlsSettings.ClientAuth;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSettingsTest {

  private static final Map<String, String> FILES =
      Map.of("TLS_CERTIFICATE", "/tls/own.crt", "TLS_PRIVATE_KEY", "/tls/own.key");

  @Test
  void isOffUnlessThereIsACertificate() {
    assertThat(SettingsReader.read(Role.MASTER, Map.of()).tls()).isNull();
  }

  @Test
  void asksNobodyForCertificateByItself() {
    TlsSettings tls = SettingsReader.read(Role.MASTER, FILES).tls();

    assertThat(tls).isNotNull();
    assertThat(tls.isMutual()).isFalse();
    assertThat(tls.peers()).isEmpty();
  }

  @Test
  void readsNamesOfPeers() {
    TlsSettings tls =
        with("TLS_CA", "/ca.crt", "TLS_CLIENT_AUTH", "Want", "TLS_PEERS", "master, follower-1");

    assertThat(tls.clientAuth()).isEqualTo(ClientAuth.WANT);
    assertThat(tls.isMutual()).isTrue();
    assertThat(tls.peers()).containsExactly("master", "follower-1");
  }

  @Test
  void reachesFollowersOfThisMachineEncryptedToo() {
    Map<String, String> values = new HashMap<>(FILES);
    values.put("FOLLOWER_1_PORT", "7002");

    assertThat(SettingsReader.read(Role.MASTER, values).followers())
        .containsExactly(new Peer("follower-1", URI.create("https://127.0.0.1:7002")));
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_CLIENT_AUTH, maybe, TLS_CLIENT_AUTH",
    "TLS_CLIENT_AUTH, want, TLS_CLIENT_AUTH",
    "TLS_PEERS, master, TLS_PEERS"
  })
  void refusesHalfOfMutualTls(String variable, String value, String named) {
    assertThatThrownBy(() -> with(variable, value))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(named);
  }

  @ParameterizedTest
  @CsvSource({"need, ''", "want, 'a b/c'"})
  void needsNamesOfPeersWhereCertificatesAreAskedFor(String auth, String peers) {
    assertThatThrownBy(() -> with("TLS_CA", "/ca.crt", "TLS_CLIENT_AUTH", auth, "TLS_PEERS", peers))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith("TLS_PEERS");
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_CERTIFICATE, TLS_PRIVATE_KEY",
    "TLS_PRIVATE_KEY, TLS_CERTIFICATE",
    "TLS_CA, TLS_CA",
    "TLS_PEERS, TLS_PEERS"
  })
  void neverBelievesItselfEncryptedWhenItIsNot(String alone, String named) {
    assertThatThrownBy(() -> SettingsReader.read(Role.MASTER, Map.of(alone, "x")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(named);
  }

  private static TlsSettings with(String... more) {
    Map<String, String> values = new HashMap<>(FILES);
    for (int place = 0; place < more.length; place += 2) {
      values.put(more[place], more[place + 1]);
    }
    return SettingsReader.read(Role.MASTER, values).tls();
  }
}
