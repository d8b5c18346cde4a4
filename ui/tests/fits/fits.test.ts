import { everyScreenFits } from './fits';

everyScreenFits('longer');
everyScreenFits('ru');
everyScreenFits('uk');
