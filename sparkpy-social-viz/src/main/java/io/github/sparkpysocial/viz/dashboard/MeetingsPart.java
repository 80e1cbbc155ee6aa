package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes meetings, in the time of their place. */
final class MeetingsPart {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);

  private final Panels panels;
  private final Markup out;

  MeetingsPart(Panels panels) {
    this.panels = panels;
    this.out = panels.out();
  }

  void write(Meetings meetings) {
    panels.open(meetings.id(), meetings.title(), "");
    if (!panels.none(meetings.meetings(), "No meeting is announced")) {
      out.open("ol", "class", "meetings");
      for (Meeting meeting : meetings.meetings()) {
        meeting(meeting);
      }
      out.close();
    }
    out.close();
  }

  private void meeting(Meeting meeting) {
    ZonedDateTime start = meeting.startsAt().atZone(meeting.zone());
    out.line().open("li", "data-starts-at", meeting.startsAt().toString());
    out.open("div", "class", "day", "aria-hidden", "true");
    out.element("span", MONTH.format(start), "class", "m");
    out.element("span", String.valueOf(start.getDayOfMonth()), "class", "d");
    out.close().open("div");
    out.open("h4");
    panels.linked(Texts.shorten(meeting.title(), Texts.TITLE), meeting.link());
    panels.badge(meeting.network());
    out.close();
    out.open("p");
    out.element(
        "time",
        CLOCK.format(start),
        "datetime",
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start));
    out.literal(" (" + meeting.zone().getId() + ")");
    out.close();
    String about =
        Stream.of(meeting.group(), meeting.place())
            .filter(text -> text != null && !Texts.clean(text).isEmpty())
            .map(text -> Texts.shorten(String.valueOf(text), Texts.LABEL * 2))
            .collect(Collectors.joining(" · "));
    if (!about.isEmpty()) {
      out.element("p", about, "dir", "auto");
    }
    Long attendees = meeting.attendees();
    if (attendees != null) {
      out.element(
          "p",
          attendees == 1 ? "1 person comes" : Texts.number(attendees) + " people come",
          "data-fact",
          "attendees",
          "data-value",
          attendees.toString());
    }
    out.close().close();
  }
}
