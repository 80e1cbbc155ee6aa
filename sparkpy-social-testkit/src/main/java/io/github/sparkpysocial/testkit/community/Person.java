package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Network;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An invented person and the accounts that are all theirs.
 *
 * @param id a name for the person within the community, such as {@code person-17}
 * @param name what they call themselves
 * @param city the city they live in
 * @param countryCode the country of the city, ISO 3166-1 alpha-2
 * @param language the BCP-47 tag of the language they write most
 * @param topic the topic they speak of most
 * @param accounts their accounts, at most one on each network
 */
public record Person(
    String id,
    String name,
    String city,
    String countryCode,
    String language,
    String topic,
    List<Account> accounts) {

  public Person {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(city, "city");
    Objects.requireNonNull(countryCode, "countryCode");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(topic, "topic");
    accounts = List.copyOf(accounts);
  }

  /** Returns their account on a network, or nothing if they have none there. */
  public Optional<Account> on(Network network) {
    return accounts.stream().filter(account -> account.network().equals(network)).findFirst();
  }

  /** Returns how other records refer to an account. */
  static AccountRef ref(Account account) {
    return new AccountRef(account.id(), account.handle(), account.name());
  }
}
