/** The words artists' names are made of. The order does not matter: the names sort them. Changing a list moves every artist
 *  to another name, which the ids written down in irregular.ts and in tests notice. */

function list(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** First names of people. */
export const givenNames: readonly string[] = list(`
  Aaron Abigail Ada Adele Agnes Aidan Aisha Alan Alasdair Alba Alfie Alice Alma Amadou Amelia Amina Amir Ana André Angus
  Anja Anselm Antonia Anouk Archie Ariane Arlo Astrid Audrey Aurélie Bastien Beatrice Beatriz Benedict Benoît Bertrand
  Bessie Birgit Bjarne Björn Blanche Bonnie Boris Brigitte Bruno Caleb Callum Camille Carlotta Carmen Casper Cecilia
  Céline Chandra Chloé Clara Clarence Clementine Clive Colette Connor Cora Cyrus Daisy Damien Daphne Dario Declan Delia
  Dexter Dinah Dmitri Dolores Dominic Duncan Edith Edmund Effie Eileen Elena Eli Elias Elodie Elsa Emeka Emil Enid Enzo
  Erik Esme Esther Ethan Etta Eva Ezra Fabian Fatima Felix Femi Fergus Fiona Flora Florian Frances Frankie Freddie Frida
  Gabriel Gareth Gemma Georgia Gianni Gilda Giles Greta Gustav Gwen Hamish Hannah Harriet Hattie Hazel Hector Heidi
  Helga Hugo Ibrahim Ida Ike Imogen Ines Inga Iris Isaac Isla Ivan Jakob Jasper Jemima Joaquín Joni Jonas Josefine Jude
  Juno Kaito Katya Keira Kenji Kirsty Kofi Lars Leïla Lena Leopold Linus Lorcan Lotte Louisa Lucien Ludo Luther Mabel
  Maeve Magnus Maren Marguerite Marlon Mathilde Matteo Maud Miguel Milena Mina Moses Nadia Naomi Nell Nico Nils Noor Ola
  Olga Olive Oscar Otis Otto Paul Peter Phoebe Quentin Ramona Rasmus Renée Rhiannon Rosa Rowan Rufus Salma Saskia Selma
  Simone Sinéad Solveig Søren Stella Tabitha Tamsin Thea Theo Tilda Tobias Ursula Uma Vera Viggo Vince Walter Wilma
  Xavier Yara Yusuf Zelda Zoë
`);

/** With an ending each makes a surname. */
export const surnameRoots: readonly string[] = list(`
  Adder Alder Ander Ash Barn Bell Black Bram Brad Cald Carl Clif Col Crom Dal Dan Den Dun East Ed Ell Far Fen Fox Gar
  Glad Gold Green Hal Hart Hat Haw Heath Hol Ing Ken Kil Kirk Lang Lin Lock Mal Mar Mel Mid Nor North Oak Old Or Pem
  Pres Quill Raven Red Rock Rud Sal Sand Shel South Stan Stir Strat Cran Dray Farn Grim Hem Sel Thorn Tren Wal Wen West Whit Wil Win Wood York
`);

/** Endings of surnames. */
export const surnameEndings: readonly string[] = list(`
  bridge by field ford ham land ley man son ton
`);

/** First words of bands. Single words: a blank inside would upset the alphabetical order. */
export const bandHeads: readonly string[] = list(`
  1984 77 808 Able Acid Alabaster Amber Analogue Apollo Arctic Ardent Atlas Atomic Aurora Autumn Azure Balsa Baltic
  Bandit Barcelona Basalt Bitter Blonde Blue Bohemian Boreal Brass Broken Bronze Brutal Candle Carbon Cardinal Cathode
  Cedar Ceramic Chalk Charcoal Cherry Chrome Cinder Civic Cloud Cobalt Copper Coral Cosmic Cotton Crimson Crystal Cuban
  Cyan Damp Danish Dead Deep Delta Desert Diamond Digital Distant Dizzy Double Dusk Dusty Eastern Ebony Echo Electric
  Élan Emerald Empty Enamel Endless Eternal Fabric Faded False Feral Fever Final Flamenco Flint Flying Foreign Forest
  Frosted Future Galaxy Garden Ghost Giant Gilded Glass Glitter Golden Granite Graphite Gravity Grey Gypsum Harbour
  Harlem Hidden Hollow Holy Honey Hotel Hungry Icelandic Idle Imperial Indigo Infra Iron Island Ivory Jade Jagged Jungle
  Karma Kerosene Kinetic Lantern Laser Lavender Lazy Lemon Liberty Liquid Lisbon Little Lonely Lost Lucky Lunar Magnetic
  Mahogany Marble Maritime Marvellous Mellow Mercury Metro Midnight Mineral Mint Mirror Mock Modern Mono Moral Motor
  Mötley Muted Mystic Native Navy Neon Neptune New Night Nimble Nordic Northern November Nuclear Obsidian Ocean Ochre
  Olympic Onyx Opal Orbital Orchid Pale Paper Pink Quartz Quick Quiet Radio Random Rapid Rebel Retro Rival River Royal
  Rubber Ruby Rust Sacred Saffron Salt Satellite Saturn Scarlet Second Secret Shadow Silent Silk Silver Sleepy Slow
  Solar Sonic Spare Static Steam Steel Stereo Stolen Sudden Sugar Summer Swedish Tangerine Teal Tender Third Tidal Tin
  Titan Tokyo Twin Typhoon Über Ultra Union Vacant Vagabond Velvet Venus Vienna Vinyl Violet Virgin Volcano Wandering
  Warm Warsaw Wax Weekend White Wicked Wild Winter Wired Wooden Xenon Yellow Young Zephyr Zero Zinc
`);

/** Second words of bands. */
export const plurals: readonly string[] = list(`
  Admirals Aliens Amateurs Anchors Angels Animals Architects Arrows Assassins Astronauts Bandits Barons Bats Bears Beats
  Birds Boxers Brothers Bullets Butchers Captains Cats Champions Children Clouds Colours Comets Cousins Cowboys Crows
  Cubs Dancers Daughters Detectives Devils Diplomats Dogs Dolls Dragons Dreamers Drifters Drivers Eagles Editors
  Elephants Engines Exiles Explorers Falcons Families Fathers Feathers Fighters Flames Flowers Foxes Friends Gamblers
  Generals Giants Girls Gods Gypsies Hands Hawks Hearts Heroes Horses Hounds Hunters Indians Islands Jackals Jokers Kids
  Kings Kites Knights Ladies Lads Lanterns Lions Lovers Machines Magpies Maidens Masters Minds Monks Moths Mothers
  Neighbours Nomads Novels Oaks Orphans Outlaws Owls Painters Patrons Pilots Pirates Planets Poets Ponies Princes
  Prophets Puppets Rabbits Raiders Rangers Ravens Rebels Riders Robots Rockets Sailors Saints Satellites Scholars
  Senators Shadows Sharks Sirens Sisters Soldiers Sons Sparrows Spiders Stars Strangers Swallows Swimmers Teachers
  Thieves Tigers Trees Tribes Twins Vandals Vikings Villains Voices Wanderers Waves Whales Widows Wizards Wolves Women
  Writers
`);

/** With a collective each makes a second word of a band: "Fire Orchestra". */
export const things: readonly string[] = list(`
  Fire Moon River Snow Stone Storm Street Sun Tower Train Dream Engine
`);

/** What several musicians may call themselves. */
export const collectives: readonly string[] = list(`
  Band Choir Circus Club Collective Ensemble Experience Orchestra Project Quartet Society Soundsystem Trio Union
`);
