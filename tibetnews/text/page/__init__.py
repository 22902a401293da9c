"""The parts of a page that is given as text: byline, captions, title and body, surroundings.

In the order in which a page without markup is read:

===================== ===========================================================================================
evidence              Has the text anything that only a page has? If not, it is left as it is.
text_page             reads the fields, with the help of all that follow.
parts                 Which lines are breadcrumbs, title, subtitle, byline and body?
breadcrumbs, headline May this line be breadcrumbs, or a title?
evident_byline        Which line tells the time of publication, and do its neighbours show that it is a byline?
byline_lines          Which lines around it belong to the byline?
byline_form           Has a line the form of a byline?
byline                What does the byline say? Layouts with markup begin here. It asks labels, names, source and times;
                      time_forms has the forms of times.
story_end             Where does the story end?
surroundings          What is above and below it?
captions              Which lines of the story belong to pictures?
credits               Which lines of the story, or around it, name its writers and editor? It asks credit_line,
                      credit_entries and credit_tail what one line says.
foreign_labels        Is this label one that no page has around its story?
closing_byline        What do the removed lines below the story say of its publication?
dateline              What do the opening words say: agency, place, day, reporters?
===================== ===========================================================================================
"""
